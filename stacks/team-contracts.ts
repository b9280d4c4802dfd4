import { Construct } from "constructs";
import type { ICluster } from "../lib/eks/cluster-interface";
import { contractOf, teamsWithContract } from "../lib/environment/contract-of";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import type { IKey } from "../lib/kms/key";
import { PublishedContract } from "../lib/platform/published-contract";
import { PublishedFacts } from "../lib/platform/published-facts";
import { TeamAccess } from "../lib/platform/team-access";
import type { StateLocation } from "../lib/state/state-location";
import { DEFAULT_TIERS } from "../lib/vpc/plan-subnets";
import type { IVpc } from "../lib/vpc/vpc-interface";

export interface TeamContractsProps {
  readonly config: AwsEnvironmentConfig;
  /** Where the environment keeps its state. */
  readonly state: StateLocation;
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  readonly dataKey: IKey;
}

/** What teams of other repositories need of an environment in AWS: a way in for each, its contract, and once what is known after a deploy. */
export function teamContracts(scope: Construct, props: TeamContractsProps): TeamAccess[] {
  const { config, state, cluster, vpc, dataKey } = props;
  const { name, account, network } = config;
  const contracts = teamsWithContract(config).map((team) => ({
    team,
    contract: contractOf(config, team.teamName, state),
  }));
  const [first] = contracts;
  if (first) {
    const parameterName = first.contract.parameters.live;
    const tiers = network.tiers ?? DEFAULT_TIERS;
    new PublishedFacts(scope, "LiveFacts", { parameterName, environment: name, cluster, vpc, tiers, dataKey });
  }
  return contracts.map(({ team: { teamName, contract: terms }, contract }) => {
    const place = new Construct(scope, `Contract-${teamName}`);
    new PublishedContract(place, "Parameter", { contract });
    const { trustedPrincipals, podStatements } = terms;
    return new TeamAccess(place, "Access", { contract, account, state, trustedPrincipals, podStatements });
  });
}
