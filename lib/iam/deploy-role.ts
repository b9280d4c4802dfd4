import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { type AwsAccount, checkAccount, iamArn, partitionOf } from "../core/account";
import { Faults } from "../core/faults";
import { policyJson } from "../core/policy-document";
import { boundaryStatements } from "./deploy-boundary";
import { deployStatements } from "./deploy-statements";
import { Role } from "./role";
import { principalTrust } from "./trust";
import { checkTrustedPrincipals } from "./trusted-principals";

/** A deploy role, and who may assume it. */
export interface DeployRoleProps {
  /**
   * The account of the environments, as their records have it. `iamPath`: where they make their roles, another path than `/`, where the deploy role
   * itself stands. `permissionsBoundaryArn`: `arn:aws:iam::<accountId>:policy/<name>`; this construct makes the policy.
   */
  readonly account: AwsAccount;
  /** Up to 64 characters. Changing it replaces the role. */
  readonly roleName: string;
  /** ARNs of the roles or users that may assume it. They must exist. A policy of 2048 characters holds them. */
  readonly trustedPrincipals: readonly string[];
}

/**
 * The role that environments of an account are deployed with, and the boundary of the roles that they make. Whoever may assume it can make,
 * change and destroy the environments, and roles for them; it gives no right to change itself, the boundary, or a role outside of `iamPath`, and
 * none to hand over or assume one of the account. Every role under `iamPath` counts as an environment's own: let none stand there without the
 * boundary. What runs in the account already with another role is not held by that: a Lambda function, a CloudFormation stack or an Auto Scaling
 * group that takes the latest version of its launch template can be changed, as far as policies go.
 *
 * Keys have the tag `ManagedBy` with the value `terraform` when they are made: the role makes and changes no others. A key with neither this tag
 * nor an alias it can tag first. Log groups are those of clusters and flow logs. Tags of the stack come from `applyTags`. These limits, and that
 * of the region, keep from accidents: whoever may assume the role can make another one that has every right but those that the boundary denies
 * (identities, other roles, keys of states), and become it.
 *
 * A role with the boundary makes no roles: a team's deploy role under it cannot make roles for its pods.
 *
 * Creates `aws_iam_role`, `aws_iam_role_policy` and `aws_iam_policy`. The three stay when an environment goes: they belong into another stack.
 *
 * @throws {ValidationError} if a name, path or principal is not one that IAM allows, or if the role would stand among those that it may change
 * @example
 * new DeployRole(this, "Deploy", { account, roleName: "platform-deploy", trustedPrincipals: ["arn:aws:iam::111122223333:role/ci-dev"] });
 */
export class DeployRole extends Construct {
  readonly role: Role;
  readonly boundary: IamPolicy;

  constructor(scope: Construct, id: string, { account, roleName, trustedPrincipals }: DeployRoleProps) {
    super(scope, id);
    const { accountId, region, iamPath = "/", permissionsBoundaryArn = "" } = account;
    const principals = [...trustedPrincipals];
    const prefix = iamArn(account, "policy/");
    const boundaryName = permissionsBoundaryArn.slice(prefix.length);
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", account);
    faults
      .check(iamPath !== "/", "account.iamPath", "must be another path than '/'", iamPath, OWN_PATH)
      .check(
        permissionsBoundaryArn.startsWith(prefix) && /^[\w+=,.@-]{1,128}$/.test(boundaryName),
        "account.permissionsBoundaryArn",
        "must be the ARN of a policy of this account without a path",
        account.permissionsBoundaryArn,
        `for example ${prefix}platform-boundary`,
      );
    checkTrustedPrincipals(faults, "trustedPrincipals", principals, partitionOf(account.region));
    faults.throwIfAny();

    const bounded = { ...account, iamPath, permissionsBoundaryArn };
    this.boundary = new IamPolicy(this, "Boundary", {
      name: boundaryName,
      description: `Bounds every role that ${roleName} makes`,
      policy: policyJson(boundaryStatements(bounded)),
    });
    this.role = new Role(this, "Role", {
      account: { accountId, region },
      roleName,
      description: "Deploys the environments of this account",
      trust: [principalTrust(principals)],
    });
    this.role.addPolicy("Deploy", deployStatements(bounded));
  }
}

const OWN_PATH = "the deploy role stands at '/', and must not be among the roles that it may change";
