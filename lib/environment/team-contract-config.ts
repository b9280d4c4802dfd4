import type { Statement } from "../core/policy-document";

/** What a team gets that deploys from a repository of its own: a role for its Terraform, and the contract that says what it may count on. */
export interface TeamContractConfig {
  /**
   * ARNs of the IAM roles and users that may assume the team's deploy role, of any account. They must exist. At least one, and no more than a
   * trust policy of 2048 characters holds.
   */
  readonly trustedPrincipals: readonly string[];
  /**
   * The most that roles of the team's pods may do in AWS. The team makes those roles itself, within this bound. Each action names its service;
   * those that change IAM, the account or the organization are refused, and so is `sts:AssumeRole` of any role.
   *
   * @default - its pods have no roles but those that the platform makes
   */
  readonly podStatements?: readonly Statement[];
  /**
   * Why the team may open traffic of its own namespaces. 10-500 characters.
   *
   * @default - only the platform opens traffic
   */
  readonly networkPolicies?: string;
}
