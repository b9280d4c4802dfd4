import { ValidationError } from "../core/validation-error";
import type { PlatformContract } from "../platform/contract";
import { platformContract } from "../platform/platform-contract";
import type { StateLocation } from "../state/state-location";
import { planSubnets } from "../vpc/plan-subnets";
import type { SubnetTier } from "../vpc/subnet-layout";
import { cidrBlocksOf, clusterTraffic } from "./cluster-traffic";
import type { AwsEnvironmentConfig, NetworkConfig } from "./environment-config";
import { isOff } from "./in-cluster";
import type { InClusterConfig, TeamConfig } from "./in-cluster-config";
import { allNamespaces } from "./namespace-names";
import { writtenBy } from "./written-by";

/**
 * The contract of a team with an environment: the same for the same record, and made of names alone, so that it can be had before anything is
 * deployed. `state` is where the environment keeps its own; in another account than the environment's, the team gets no part of it.
 *
 * @throws {ValidationError} if the environment has no team of the name, or the team has no contract
 */
export function contractOf(config: AwsEnvironmentConfig, teamName: string, state: StateLocation): PlatformContract {
  const { name, account, cluster, network } = config;
  const { inCluster, team } = findTeam(config, teamName);
  const { podStatements, networkPolicies } = team.contract;
  return platformContract({
    writtenBy: writtenBy(),
    environment: name,
    team: teamName,
    stage: config.stage,
    removal: config.removal,
    domain: config.domain,
    account,
    cluster: { clusterName: cluster.clusterName, kubernetesVersion: cluster.kubernetesVersion },
    network: { cidrBlocks: cidrBlocksOf(network), subnets: subnetRanges(network), traffic: clusterTraffic(config) },
    namespaces: granted(inCluster, team),
    podRoles: podStatements !== undefined,
    networkPolicies: networkPolicies !== undefined,
    state,
    tags: { ...config.tags, ...team.tags, Team: teamName, Environment: name, ManagedBy: "terraform" },
  });
}

/** The teams of an environment that have a contract with it. */
export function teamsWithContract({ inCluster }: AwsEnvironmentConfig): ContractedTeam[] {
  const teams = isOff(inCluster) ? [] : (inCluster.teams ?? []);
  return teams.filter((team): team is ContractedTeam => team.contract !== undefined);
}

type ContractedTeam = TeamConfig & Required<Pick<TeamConfig, "contract">>;

function findTeam(
  config: AwsEnvironmentConfig,
  teamName: string,
): { inCluster: InClusterConfig; team: ContractedTeam } {
  const { inCluster } = config;
  const teams = teamsWithContract(config);
  const team = teams.find((each) => each.teamName === teamName);
  if (team && !isOff(inCluster)) return { inCluster, team };
  const names = teams.map((each) => each.teamName).join(", ") || "none";
  throw new ValidationError(config.name, [
    { property: "team", rule: `must be a team with a contract (${names})`, value: teamName },
  ]);
}

function granted(inCluster: InClusterConfig, team: TeamConfig): PlatformContract["namespaces"] {
  const known = allNamespaces(inCluster, true);
  const levelOf = (namespace: string) =>
    known.find(({ namespaceName }) => namespaceName === namespace)?.podSecurity?.level ?? "restricted";
  return Object.fromEntries(team.namespaces.map((each) => [each, { podSecurityLevel: levelOf(each) }]));
}

/** Those of the tiers: what stands in a secondary range is the platform's. */
function subnetRanges(network: NetworkConfig): PlatformContract["network"]["subnets"] {
  const ranges: Partial<Record<SubnetTier, Record<string, string>>> = {};
  for (const { tier, group, availabilityZone, cidrBlock } of planSubnets(network)) {
    if (group === tier) ranges[tier] = { ...ranges[tier], [availabilityZone]: cidrBlock };
  }
  return ranges;
}
