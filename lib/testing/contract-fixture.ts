import { CONTRACT_VERSION, contractParameters, type PlatformContract } from "../platform/contract";
import { parseContract } from "../platform/read-contract";
import { contractFile, renewCommand } from "../platform/renew-command";
import { deployRoleArn, podRoles } from "../platform/team-names";
import { stateLocation } from "../state/state-location";

/** Sections of which single values can be given; the others are taken whole. */
type Section = "account" | "cluster" | "identity" | "network" | "parameters" | "state";

/** What of the contract is to be another. `undefined` leaves out what may be left out. */
export type ContractOverrides = Partial<Omit<PlatformContract, Section>> & {
  readonly [K in Section]?: Partial<PlatformContract[K]>;
};

/**
 * A valid contract for tests, of an example account: what belongs together follows what is given, such as the deploy role's ARN the account, the
 * environment and the team. Lists and maps, such as `namespaces`, are replaced as a whole. If nothing is given, it is that of team genomics in
 * staging, with the namespace genomics, roles for pods, network policies and a place for states.
 *
 * @throws {ValidationError} if it would be none
 * @example
 * const platform = Platform.fromContract(stack, "platform", contractFixture({ team: "imaging", namespaces: { imaging: { podSecurityLevel: "baseline" } } }));
 */
export function contractFixture(overrides: ContractOverrides = {}): PlatformContract {
  const { environment = "staging", team = "genomics" } = overrides;
  const account = { accountId: "111122223333", region: "eu-west-3", ...overrides.account };
  const location = stateLocation(account);
  const contract = {
    contractVersion: CONTRACT_VERSION,
    writtenBy: "cdktf-eks-platform 0.0.0",
    stage: "staging",
    removal: "retain",
    domain: `${environment}.example.com`,
    namespaces: { [team]: { podSecurityLevel: "restricted" } },
    tags: { Environment: environment, Team: team },
    ...overrides,
    environment,
    team,
    account,
    cluster: { clusterName: environment, kubernetesVersion: "1.35", ...overrides.cluster },
    network: {
      cidrBlocks: ["10.64.0.0/16"],
      subnets: {
        public: { "eu-west-3a": "10.64.1.0/24", "eu-west-3b": "10.64.2.0/24" },
        "private-with-egress": { "eu-west-3a": "10.64.64.0/20", "eu-west-3b": "10.64.80.0/20" },
        "control-plane": { "eu-west-3a": "10.64.0.0/28", "eu-west-3b": "10.64.0.16/28" },
      },
      traffic: {
        kubernetesApiCidrBlocks: ["10.64.0.0/28", "10.64.0.16/28", "172.20.0.1/32"],
        loadBalancerCidrBlocks: ["10.64.1.0/24", "10.64.2.0/24"],
        vpcCidrBlocks: ["10.64.0.0/16"],
      },
      ...overrides.network,
    },
    identity: {
      deployRoleArn: deployRoleArn(account, environment, team),
      podRoles: podRoles(account, environment, team),
      networkPolicies: true,
      ...overrides.identity,
    },
    state: {
      bucketName: location.bucketName,
      region: account.region,
      keyAliasArn: location.keyAliasArn,
      keyPrefix: `teams/${team}/${environment}/`,
      ...overrides.state,
    },
    parameters: { ...contractParameters(environment, team), ...overrides.parameters },
  };
  const isLeftOut = "state" in overrides && overrides.state === undefined;
  const given = JSON.stringify(isLeftOut ? { ...contract, state: undefined } : contract);
  const renew = renewCommand({ environment, team, region: account.region, file: contractFile(environment) });
  return parseContract(given, "contractFixture", renew);
}
