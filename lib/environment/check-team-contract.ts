import { type AwsAccount, IAM_PATH_MAX_LENGTH, partitionOf } from "../core/account";
import type { Faults } from "../core/faults";
import type { TagMap } from "../core/tags";
import { checkTrustedPrincipals } from "../iam/trusted-principals";
import { checkReason } from "../kubernetes/reason";
import { checkPodBoundary, checkPodStatements } from "../platform/team-checks";
import { deployRoleArn, podRoles } from "../platform/team-names";
import { checkContractNamespaces } from "./check-contract-namespaces";
import type { AwsEnvironmentConfig } from "./environment-config";
import { isOff } from "./in-cluster";
import type { TeamConfig } from "./in-cluster-config";
import { namespaceOf } from "./namespace-names";
import { isSameRole } from "./role-arn";
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
  const partition = aws && partitionOf(aws.account.region);
  checkTrustedPrincipals(faults, own("trustedPrincipals"), trustedPrincipals, partition);
  if (podStatements) checkPodStatements(faults, own("podStatements"), podStatements, aws?.account);
  if (networkPolicies !== undefined) {
    checkReason(faults, own("networkPolicies"), networkPolicies);
    const rule = "must not be a role of the team's own: 'contract.networkPolicies' makes it";
    faults.check(!(TRAFFIC_ROLE in roles), property(`roles.${TRAFFIC_ROLE}`), rule, undefined, "give it another name");
  }
  // Its deploy role may change what carries the tag.
  for (const [key, name] of teamTags(tags)) {
    faults.check(name === teamName, property(`tags.${key}`), `must be ${teamName} for a team with a contract`, name);
  }
  if (aws === undefined) return;
  if (podStatements) {
    checkPodBoundary(faults, own("podStatements"), aws.account);
    checkPodPath(faults, own("podStatements"), podRoles(aws.account, aws.environment, teamName).iamPath);
  }
  const deployRole = deployRoleArn(aws.account, aws.environment, teamName);
  for (const principalArn of trustedPrincipals.filter((each) => isSameRole(each, deployRole))) {
    faults.add(own("trustedPrincipals"), "must not be the role itself", principalArn);
  }
  for (const { principalArn = "" } of members.filter((each) => isSameRole(each.principalArn ?? "", deployRole))) {
    const rule = "must not name the deploy role of the contract";
    faults.add(property("members"), rule, principalArn, "it is a member by itself");
  }
}

function checkPodPath(faults: Faults, property: string, { length }: string): void {
  const rule = `must have room for its roles: a path has at most ${IAM_PATH_MAX_LENGTH} characters, theirs would have ${length}`;
  faults.check(length <= IAM_PATH_MAX_LENGTH, property, rule, undefined, "shorten 'account.iamPath'");
}

/**
 * Adds what would let one team with a contract reach what is another's: the tag `Team`, by which AWS tells whose a Pod Identity association is,
 * and namespaces that others are in.
 */
export function checkContractsApart(
  faults: Faults,
  { tags, inCluster }: AwsEnvironmentConfig,
  property: (name: string) => string,
): void {
  if (isOff(inCluster)) return;
  const { teams = [], applications = [] } = inCluster;
  const contracted = teams.filter(({ contract }) => contract !== undefined);
  const hasContract = (name: string) => contracted.some(({ teamName }) => teamName === name);
  const fix = "its deploy role may change associations with its name as tag 'Team'";
  for (const [key, name] of teamTags(tags)) {
    const rule = "must not be the name of a team with a contract";
    faults.check(!hasContract(name), property(`tags.${key}`), rule, name, fix);
  }
  for (const { teamName, contract, tags: own = {} } of teams) {
    for (const [key, name] of contract ? [] : teamTags(own)) {
      const rule = "must not be the name of another team, which has a contract";
      faults.check(!hasContract(name), property(`inCluster.teams.${teamName}.tags.${key}`), rule, name, fix);
    }
  }
  for (const application of applications) {
    const { applicationName, team, statements } = application;
    if (statements === undefined || !hasContract(team)) continue;
    const owners = teams.filter(({ namespaces }) => namespaces.includes(namespaceOf(application)));
    const isOwn = owners.length === 0 || owners.some(({ teamName }) => teamName === team);
    const rule = `must be a team of its namespace (${owners.map(({ teamName }) => teamName).join(", ")})`;
    faults.check(isOwn, property(`inCluster.applications.${applicationName}.team`), rule, team, fix);
  }
  checkContractNamespaces(faults, inCluster, property);
}

/** AWS compares keys of tags in conditions without case. */
function teamTags(tags: TagMap): [key: string, name: string][] {
  return Object.entries(tags).filter(([key]) => key.toLowerCase() === "team");
}
