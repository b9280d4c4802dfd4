import { type AwsAccount, iamArn } from "../core/account";
import { physicalName } from "../core/names";
import { ROLE_NAME_MAX_LENGTH } from "../iam/role";
import type { ContractPodRoles } from "./contract";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICY_NAME_MAX_LENGTH = 128;

/** Name of the role that a team deploys with. It stands under the account's own path. */
export function deployRoleName(environment: string, team: string): string {
  return physicalName([environment, team, "deploy"], ROLE_NAME_MAX_LENGTH);
}

/** Its ARN, known before the role is made: a contract holds literals. */
export function deployRoleArn(account: AwsAccount, environment: string, team: string): string {
  return iamArn(account, `role${pathOf(account)}${deployRoleName(environment, team)}`);
}

/** Name of the policy that bounds the roles of a team's pods. */
export function podsBoundaryName(environment: string, team: string): string {
  return physicalName([environment, team, "pods"], POLICY_NAME_MAX_LENGTH);
}

/**
 * Where roles of a team's pods stand, and what bounds them. Names have no slash: of environments with one `iamPath` the path of no team begins
 * with that of another. Where paths differ, `validatePlatform` sees to it.
 */
export function podRoles(account: AwsAccount, environment: string, team: string): ContractPodRoles {
  const path = pathOf(account);
  return {
    iamPath: `${path}eks-platform/${environment}/${team}/`,
    permissionsBoundaryArn: iamArn(account, `policy${path}${podsBoundaryName(environment, team)}`),
  };
}

/** What every object of a team's states begins with. */
export function stateKeyPrefix(environment: string, team: string): string {
  return `teams/${team}/${environment}/`;
}

function pathOf({ iamPath = "/" }: AwsAccount): string {
  return iamPath;
}
