import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type AwsAccount, checkAccount, managedPolicyArn } from "../core/account";
import { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { checkStatements } from "../core/statement-checks";
import { ValidationError } from "../core/validation-error";
import { MANAGED_POLICIES, type ManagedPolicyPurpose } from "./managed-policies";
import { checkPurposes } from "./role-checks";

/** An IAM role that policies can be added to. */
export interface IRole extends IConstruct {
  readonly roleArn: string;
  readonly roleName: string;
  /** Adds an inline policy of at least one statement. */
  addPolicy(id: string, statements: readonly Statement[]): void;
}

/** A role: who may assume it, and which managed policies it has. */
export interface RoleProps {
  readonly account: AwsAccount;
  /** Up to 64 characters. Changing it replaces the role. Longer names are cut by `physicalName`. */
  readonly roleName: string;
  readonly description: string;
  /** Who may assume the role. */
  readonly trust: readonly Statement[];
  /**
   * What the role is for, as far as AWS managed policies cover it.
   *
   * @default - no managed policy
   */
  readonly purposes?: readonly ManagedPolicyPurpose[];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const ROLE_NAME_MAX_LENGTH = 64;

/**
 * An IAM role under the account's path and permissions boundary.
 *
 * Creates `aws_iam_role`, an `aws_iam_role_policy_attachment` for each managed policy, an `aws_iam_role_policy` for each `addPolicy`.
 *
 * @throws {ValidationError} if `roleName` breaks the limits of IAM, or a purpose is none; at synth if another role of the stack and account
 * has the same name
 */
export class Role extends Construct implements IRole {
  readonly roleArn: string;
  readonly roleName: string;
  readonly resource: IamRole;
  private readonly accountId: string;
  private readonly policies: (IamRolePolicyAttachment | IamRolePolicy)[] = [];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", props.account);
    checkPurposes(faults, "purposes", props.purposes);
    faults
      .literal("roleName", props.roleName)
      .matches("roleName", props.roleName, /^[\w+=,.@-]+$/, "must have only letters, digits and '_+=,.@-'")
      .length("roleName", props.roleName, 1, ROLE_NAME_MAX_LENGTH)
      .throwIfAny();

    this.accountId = props.account.accountId;
    this.node.addValidation({ validate: () => this.sameName() });
    this.resource = new IamRole(this, "Resource", {
      name: props.roleName,
      description: props.description,
      path: props.account.iamPath ?? "/",
      permissionsBoundary: props.account.permissionsBoundaryArn,
      assumeRolePolicy: policyJson(props.trust),
    });
    this.roleArn = this.resource.arn;
    this.roleName = this.resource.name;
    const managed = new Set((props.purposes ?? []).flatMap((purpose) => MANAGED_POLICIES[purpose]));
    for (const policy of managed) {
      this.policies.push(
        new IamRolePolicyAttachment(this, policy.replace(/^.*\//, ""), {
          role: this.roleName,
          policyArn: managedPolicyArn(props.account.region, policy),
        }),
      );
    }
  }

  /**
   * Adds an inline policy of at least one statement.
   *
   * @throws {ValidationError} if there is none, or one is no statement of a role's policy
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
   */
  addPolicy(id: string, statements: readonly Statement[]): void {
    const faults = new Faults(this.node.path);
    checkStatements(faults, "statements", statements);
    faults.check(statements?.length !== 0, "statements", "must have at least one statement", statements).throwIfAny();
    this.policies.push(new IamRolePolicy(this, id, { name: id, role: this.roleName, policy: policyJson(statements) }));
  }

  /** IAM compares names without case, whatever the path. Of two roles the later one says it. */
  private sameName(): string[] {
    const keyOf = ({ accountId, resource }: Role) => `${accountId}/${resource.nameInput?.toLowerCase()}`;
    const roles = TerraformStack.of(this)
      .node.findAll()
      .filter((each) => each instanceof Role);
    const first = roles.find((each) => keyOf(each) === keyOf(this));
    if (first === undefined || first === this) return [];
    const rule = `must not be that of ${first.node.path}`;
    const fault = {
      property: "roleName",
      rule,
      value: this.resource.nameInput,
      fix: "an account has one role of a name",
    };
    return [new ValidationError(this.node.path, [fault]).message];
  }

  /**
   * The policies so far. Whoever runs with the role depends on them: made before it, and destroyed only after it, so that it can
   * still clean up (hashicorp/terraform-provider-aws#9495).
   */
  get dependables(): ITerraformDependable[] {
    return [...this.policies];
  }
}
