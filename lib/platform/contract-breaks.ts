import type { PlatformContract } from "./contract";

/** From loose to strict. */
const LEVELS = ["privileged", "baseline", "restricted"] as const;

/**
 * What a newer contract takes away or changes of an older one, a line each. Empty if it only adds, so that what was written for the older one
 * holds. A newer Kubernetes, other tags and another package that wrote it break nothing.
 */
export function breaksContract(before: PlatformContract, after: PlatformContract): string[] {
  return [
    ...PROMISES.flatMap(({ name, of }) => changed(name, of(before), of(after))),
    // A guard that is new takes nothing away, and neither does traffic that may be opened from now on.
    ...(before.removal === "retain" ? changed("removal", before.removal, after.removal) : []),
    ...(before.identity.networkPolicies && !after.identity.networkPolicies
      ? ["identity.networkPolicies: was true, is false"]
      : []),
    ...olderKubernetes(before, after),
    ...Object.entries(before.namespaces).flatMap(([name, { podSecurityLevel: was }]) => {
      const is = after.namespaces[name]?.podSecurityLevel;
      if (is === undefined) return [`namespaces.${name}: is granted no more`];
      const stricter = LEVELS.indexOf(is) > LEVELS.indexOf(was);
      return stricter ? [`namespaces.${name}.podSecurityLevel: was ${was}, is ${is}`] : [];
    }),
    ...RANGES.flatMap(({ name, of }) => gone(name, of(before), of(after))),
    ...subnets(before, after),
  ];
}

interface Promised<T> {
  readonly name: string;
  readonly of: (contract: PlatformContract) => T;
}

/** What stays as it is; what was not there may come. */
const PROMISES: readonly Promised<string | undefined>[] = [
  { name: "environment", of: ({ environment }) => environment },
  { name: "team", of: ({ team }) => team },
  { name: "stage", of: ({ stage }) => stage },
  { name: "domain", of: ({ domain }) => domain },
  { name: "account.accountId", of: ({ account }) => account.accountId },
  { name: "account.region", of: ({ account }) => account.region },
  { name: "cluster.clusterName", of: ({ cluster }) => cluster.clusterName },
  { name: "network.traffic.loadBalancerNamespace", of: ({ network }) => network.traffic.loadBalancerNamespace },
  { name: "network.traffic.monitoringNamespace", of: ({ network }) => network.traffic.monitoringNamespace },
  { name: "network.traffic.dnsAddress", of: ({ network }) => network.traffic.dnsAddress },
  { name: "identity.deployRoleArn", of: ({ identity }) => identity.deployRoleArn },
  { name: "identity.podRoles.iamPath", of: ({ identity }) => identity.podRoles?.iamPath },
  {
    name: "identity.podRoles.permissionsBoundaryArn",
    of: ({ identity }) => identity.podRoles?.permissionsBoundaryArn,
  },
  { name: "state.bucketName", of: ({ state }) => state?.bucketName },
  { name: "state.region", of: ({ state }) => state?.region },
  { name: "state.keyAliasArn", of: ({ state }) => state?.keyAliasArn },
  { name: "state.keyPrefix", of: ({ state }) => state?.keyPrefix },
  { name: "parameters.contract", of: ({ parameters }) => parameters.contract },
  { name: "parameters.live", of: ({ parameters }) => parameters.live },
];

/** Lists that may grow. */
const RANGES: readonly Promised<readonly string[] | undefined>[] = [
  { name: "network.cidrBlocks", of: ({ network }) => network.cidrBlocks },
  { name: "network.traffic.kubernetesApiCidrBlocks", of: ({ network }) => network.traffic.kubernetesApiCidrBlocks },
  { name: "network.traffic.loadBalancerCidrBlocks", of: ({ network }) => network.traffic.loadBalancerCidrBlocks },
  { name: "network.traffic.vpcCidrBlocks", of: ({ network }) => network.traffic.vpcCidrBlocks },
];

function changed(name: string, was: string | undefined, is: string | undefined): string[] {
  if (was === undefined || was === is) return [];
  return [`${name}: was ${was}, is ${is ?? "gone"}`];
}

function gone(name: string, was: readonly string[] = [], is: readonly string[] = []): string[] {
  return was.filter((each) => !is.includes(each)).map((each) => `${name}: ${each} is gone`);
}

function subnets({ network: before }: PlatformContract, { network: after }: PlatformContract): string[] {
  return Object.entries(before.subnets).flatMap(([tier, zones]) =>
    Object.entries(zones).flatMap(([zone, was]) => {
      const now: Readonly<Record<string, Readonly<Record<string, string>>>> = after.subnets;
      return changed(`network.subnets.${tier}.${zone}`, was, now[tier]?.[zone]);
    }),
  );
}

/** A cluster goes up only: an older version is another cluster. */
function olderKubernetes({ cluster: before }: PlatformContract, { cluster: after }: PlatformContract): string[] {
  const minor = (version: string) => Number(version.split(".")[1]);
  const older = minor(after.kubernetesVersion) < minor(before.kubernetesVersion);
  return older ? changed("cluster.kubernetesVersion", before.kubernetesVersion, after.kubernetesVersion) : [];
}
