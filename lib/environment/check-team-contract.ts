import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import { checkTrustedPrincipals } from "../iam/trusted-principals";
import { checkReason } from "../kubernetes/reason";
import { checkPodBoundary, checkPodStatements } from "../platform/team-checks";
import { deployRoleArn } from "../platform/team-names";
import type { TeamConfig } from "./in-cluster-config";
import { TRAFFIC_ROLE } from "./team-in-cluster";

/** Where a team's deploy role would stand. */
export interface AwsPlace {
  readonly account: AwsAccount;
  /** Name of the environment. */
  readonly environment: string;
}

/** Adds what is wrong with the contract of a team. `aws` is undefined for a cluster without AWS. */
export function checkTeamContract(
  faults: Faults,
  { teamName, contract, roles = {}, members = [], tags = {} }: TeamConfig,
  aws: AwsPlace | undefined,
  property: (name: string) => string,
): void {
  if (contract === undefined) return;
  const own = (name: string) => property(`contract.${name}`);
  const { trustedPrincipals, podStatements, networkPolicies } = contract;
  faults.check(
    aws !== undefined,
    property("contract"),
    "must not be set without an environment of AWS",
    undefined,
    "a contract has a role, a state and parameters there",
  );
  checkTrustedPrincipals(faults, own("trustedPrincipals"), trustedPrincipals);
  if (podStatements) checkPodStatements(faults, own("podStatements"), podStatements);
  if (networkPolicies !== undefined) {
    checkReason(faults, own("networkPolicies"), networkPolicies);
    const rule = "must not be a role of the team's own: 'contract.networkPolicies' makes it";
    faults.check(!(TRAFFIC_ROLE in roles), property(`roles.${TRAFFIC_ROLE}`), rule, undefined, "give it another name");
  }
  // Its deploy role may change what carries the tag.
  const { Team = teamName } = tags;
  faults.check(Team === teamName, property("tags.Team"), `must be ${teamName} for a team with a contract`, Team);
  if (aws === undefined) return;
  if (podStatements) checkPodBoundary(faults, own("podStatements"), aws.account);
  const deployRole = deployRoleArn(aws.account, aws.environment, teamName);
  faults
    .check(!trustedPrincipals.includes(deployRole), own("trustedPrincipals"), "must not be the role itself", deployRole)
    .check(
      members.every(({ principalArn }) => principalArn !== deployRole),
      property("members"),
      "must not name the deploy role of the contract",
      deployRole,
      "it is a member by itself",
    );
}
