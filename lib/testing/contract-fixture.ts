import { STAGES } from "../core/stage";
import { type Fault, ValidationError } from "../core/validation-error";
import { CONTRACT_VERSION, contractParameters, type PlatformContract } from "../platform/contract";
import { parseContract } from "../platform/read-contract";
import { deployRoleArn, podRoles } from "../platform/team-names";
import { stateLocation } from "../state/state-location";
import { givenText } from "./values/given-text";

/** Sections of which single values can be given; the others are taken whole. */
const SECTIONS = ["account", "cluster", "identity", "network", "parameters", "state"] as const;
type Section = (typeof SECTIONS)[number];

/** Where the values are from, for messages. */
const PATH = "contractFixture";

/** What of the contract is to be another. `undefined` leaves out what may be left out. */
export type ContractOverrides = Partial<Omit<PlatformContract, Section>> & {
  readonly [K in Section]?: Partial<PlatformContract[K]>;
};

/**
 * A valid contract for tests, of an example account: what belongs together follows what is given, such as the deploy role's ARN the account, the
 * environment and the team, and the zones of subnets the region. An environment that is called as a stage has this stage, another one staging.
 * Lists and maps, such as `namespaces`, are replaced as a whole. If nothing is given, it is that of team genomics in staging, with the namespace
 * genomics, roles for pods, network policies and a place for states.
 *
 * @throws {ValidationError} if it would be none
 * @throws {Error} if what is given, or a section of it, is no object
 * @example
 * const platform = Platform.fromContract(stack, "platform", contractFixture({ team: "imaging", namespaces: { imaging: { podSecurityLevel: "baseline" } } }));
 */
export function contractFixture(overrides: ContractOverrides = {}): PlatformContract {
  assertObject("overrides", overrides);
  for (const section of SECTIONS) if (overrides[section] !== undefined) assertObject(section, overrides[section]);
  const { environment = "staging", team = "genomics" } = overrides;
  const account = { accountId: "111122223333", region: "eu-west-3", ...overrides.account };
  const zones = [`${account.region}a`, `${account.region}b`];
  const location = stateLocation(account);
  const contract = {
    contractVersion: CONTRACT_VERSION,
    writtenBy: "cdktf-eks-platform 0.0.0",
    stage: STAGES.find((stage) => stage === environment) ?? "staging",
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
        public: inZones(zones, ["10.64.1.0/24", "10.64.2.0/24"]),
        "private-with-egress": inZones(zones, ["10.64.64.0/20", "10.64.80.0/20"]),
        "control-plane": inZones(zones, ["10.64.0.0/28", "10.64.0.16/28"]),
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
  return valid(JSON.stringify(isLeftOut ? { ...contract, state: undefined } : contract));
}

/** A range for each zone. */
function inZones(zones: readonly string[], ranges: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(zones.map((zone, index) => [zone, ranges[index] ?? ""]));
}

function assertObject(name: string, given: unknown): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Error(`'${name}' must be an object with what is to be another, got ${givenText(given)}`);
}

/** Checks it as one in a file. Of that, faults say how to write it anew; here a test gave the values. */
function valid(text: string): PlatformContract {
  try {
    return parseContract(text, PATH, "");
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new ValidationError(PATH, error.faults.map(withoutRenewal));
  }
}

function withoutRenewal({ fix, ...fault }: Fault): Fault {
  if (!fix || fault.property === "contractVersion") return fault;
  return { ...fault, fix: fix.replace(/(; )?write it anew with: $/, "") };
}
