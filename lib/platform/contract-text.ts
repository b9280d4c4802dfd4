import type { ClusterNetwork } from "../kubernetes/cluster-network";
import type { PlatformContract } from "./contract";

/** Every key of a type, so that one which is forgotten does not compile; its value may still be undefined. */
type Each<T> = { readonly [K in keyof Required<T>]: T[K] };

/**
 * A contract as text: the bytes of the file, and of the SSM parameter. The same contract always gives the same text: keys stand in the
 * order of the types, what is named by the user (namespaces, zones, tags) is sorted, lists stay as they are.
 *
 * Indented by one space: lines for reviews, within the 4096 bytes of a parameter. There is no newline at the end, so nothing is left for
 * a tool to trim.
 */
export function contractText(contract: PlatformContract): string {
  const { account, cluster, network, identity, state, parameters } = contract;
  const { traffic } = network;
  const ordered: Each<PlatformContract> = {
    contractVersion: contract.contractVersion,
    writtenBy: contract.writtenBy,
    environment: contract.environment,
    team: contract.team,
    stage: contract.stage,
    removal: contract.removal,
    domain: contract.domain,
    account: { accountId: account.accountId, region: account.region },
    cluster: { clusterName: cluster.clusterName, kubernetesVersion: cluster.kubernetesVersion },
    network: {
      cidrBlocks: network.cidrBlocks,
      subnets: sorted(network.subnets, (byZone) => sorted(byZone, (cidrBlock) => cidrBlock)),
      traffic: {
        kubernetesApiCidrBlocks: traffic.kubernetesApiCidrBlocks,
        loadBalancerCidrBlocks: traffic.loadBalancerCidrBlocks,
        loadBalancerNamespace: traffic.loadBalancerNamespace,
        vpcCidrBlocks: traffic.vpcCidrBlocks,
        monitoringNamespace: traffic.monitoringNamespace,
        dnsAddress: traffic.dnsAddress,
      } satisfies Each<Omit<ClusterNetwork, "nodeSecurityGroupId">>,
    },
    namespaces: sorted(contract.namespaces, ({ podSecurityLevel }) => ({ podSecurityLevel })),
    identity: {
      deployRoleArn: identity.deployRoleArn,
      podRoles: identity.podRoles && {
        iamPath: identity.podRoles.iamPath,
        permissionsBoundaryArn: identity.podRoles.permissionsBoundaryArn,
      },
      networkPolicies: identity.networkPolicies,
    },
    state: state && {
      bucketName: state.bucketName,
      region: state.region,
      keyAliasArn: state.keyAliasArn,
      keyPrefix: state.keyPrefix,
    },
    tags: sorted(contract.tags, (value) => value),
    parameters: { contract: parameters.contract, live: parameters.live },
  };
  return JSON.stringify(ordered, undefined, 1);
}

/** In the order of code units, which no locale changes. A key `undefined` is left out by JSON. */
function sorted<T, R>(map: Readonly<Record<string, T>>, of: (value: NonNullable<T>) => R): Record<string, R> {
  const entries = Object.entries(map).filter((entry): entry is [string, NonNullable<T>] => entry[1] != null);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, of(value)]));
}
