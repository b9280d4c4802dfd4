import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { type TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ACCOUNT_ID, type AwsAccount, checkAccount } from "../core/account";
import { Faults } from "../core/faults";
import { physicalName } from "../core/names";
import { policyJson } from "../core/policy-document";
import { guarded, type Removal } from "../core/removal";
import type { IRole } from "../iam/role";
import { keyPolicy } from "./key-policy";

/** A KMS key, made here or elsewhere. */
export interface IKey extends IConstruct {
  readonly keyArn: string;
  /**
   * Lets a role read what is encrypted with the key.
   *
   * @throws {ValidationError} if it is no role, or one of another stack than a key whose ARN is not known at synth
   */
  grantDecrypt(grantee: IRole): void;
  /**
   * Lets a role write and read what is encrypted with the key.
   *
   * @throws {ValidationError} if it is no role, or one of another stack than a key whose ARN is not known at synth
   */
  grantEncryptDecrypt(grantee: IRole): void;
}

/** A key: its name, its users, and how long it can be called back after its removal. */
export interface KeyProps {
  readonly account: AwsAccount;
  /** Name of the key without the leading `alias/`, for example `staging/secrets`. Changing it replaces the alias, not the key. */
  readonly alias: string;
  /** What the key is for, as the console shows it. */
  readonly description: string;
  /**
   * Names of the log groups that CloudWatch Logs encrypts with the key.
   *
   * @default - none
   */
  readonly logGroups?: readonly string[];
  /**
   * Whether Auto Scaling may encrypt node volumes with the key. The account must have the role `AWSServiceRoleForAutoScaling`,
   * which the bootstrap stack makes.
   *
   * @default false
   */
  readonly autoScaling?: boolean;
  /**
   * Ids of other accounts that may use the key, as far as their own IAM policies allow it.
   *
   * @default - none
   */
  readonly accounts?: readonly string[];
  /**
   * Unit: days. Range: 90-2560. Changing it does not replace the key.
   *
   * @default 365
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html
   */
  readonly rotationPeriodInDays?: number;
  /**
   * Waiting time before AWS destroys a key that was removed. Unit: days. Range: 7-30. Changing it does not replace the key.
   *
   * @default - 30 with removal `retain`, 7 with `destroy`
   * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
   */
  readonly deletionWindowInDays?: number;
  /** @default "retain" */
  readonly removal?: Removal;
  /**
   * Provider of another region, for a copy that lives there.
   *
   * @default - the stack's AWS provider
   */
  readonly provider?: TerraformProvider;
}

const DELETION_WINDOW = { min: 7, max: 30 };
const ROTATION_PERIOD = { min: 90, max: 2560 };
/** `alias/` and the name: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
const ALIAS_MAX_LENGTH = 250;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const POLICY_NAME_MAX_LENGTH = 128;

const DECRYPT = ["kms:Decrypt", "kms:DescribeKey"];
const ENCRYPT_DECRYPT = [...DECRYPT, "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"];

/**
 * A customer-managed KMS key with rotation on and a policy that always keeps the account itself in control.
 *
 * Creates `aws_kms_key` and one `aws_kms_alias`.
 *
 * @throws {ValidationError} if `alias`, `accounts`, `rotationPeriodInDays` or `deletionWindowInDays` is out of its range
 * @example
 * const secrets = new Key(this, "SecretsKey", { account, alias: "staging/secrets", description: "Kubernetes secrets of staging" });
 */
export class Key extends Construct implements IKey {
  /** A key that was made elsewhere: only its ARN is known, and its policy is not ours. */
  static fromKeyArn(scope: Construct, id: string, keyArn: string): IKey {
    return new ImportedKey(scope, id, keyArn);
  }

  readonly keyArn: string;
  readonly keyId: string;
  readonly aliasName: string;
  readonly deletionWindowInDays: number;
  readonly rotationPeriodInDays: number;
  /** The L1 resource, for what this construct does not offer. */
  readonly resource: KmsKey;

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const removal = props.removal ?? "retain";
    this.deletionWindowInDays =
      props.deletionWindowInDays ?? (removal !== "destroy" ? DELETION_WINDOW.max : DELETION_WINDOW.min);
    this.rotationPeriodInDays = props.rotationPeriodInDays ?? 365;
    this.validate(props);

    const statements = keyPolicy(props.account, {
      logGroups: props.logGroups ?? [],
      autoScaling: props.autoScaling ?? false,
      accounts: props.accounts ?? [],
    });
    this.resource = new KmsKey(this, "Resource", {
      provider: props.provider,
      description: props.description,
      enableKeyRotation: true,
      rotationPeriodInDays: this.rotationPeriodInDays,
      deletionWindowInDays: this.deletionWindowInDays,
      policy: policyJson(statements),
      lifecycle: guarded(removal),
    });
    const alias = new KmsAlias(this, "Alias", {
      provider: props.provider,
      name: `alias/${props.alias}`,
      targetKeyId: this.resource.keyId,
    });
    this.keyArn = this.resource.arn;
    this.keyId = this.resource.keyId;
    this.aliasName = alias.name;
  }

  grantDecrypt(grantee: IRole): void {
    grant(this, grantee, "Decrypt", DECRYPT);
  }

  grantEncryptDecrypt(grantee: IRole): void {
    grant(this, grantee, "EncryptDecrypt", ENCRYPT_DECRYPT);
  }

  private validate(props: KeyProps): void {
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", props.account);
    faults
      .literal("alias", props.alias)
      .matches(
        "alias",
        props.alias,
        /^(?!aws\/)[a-zA-Z0-9/_-]+$/,
        "must have only letters, digits, '/', '_' and '-', and not begin with 'aws/'",
      )
      .length("alias", props.alias, 1, ALIAS_MAX_LENGTH)
      .integer("deletionWindowInDays", this.deletionWindowInDays, DELETION_WINDOW.min, DELETION_WINDOW.max)
      .integer("rotationPeriodInDays", this.rotationPeriodInDays, ROTATION_PERIOD.min, ROTATION_PERIOD.max);
    for (const each of props.accounts ?? []) faults.matches("accounts", each, ACCOUNT_ID, "must be twelve digits");
    faults.throwIfAny();
  }
}

class ImportedKey extends Construct implements IKey {
  constructor(
    scope: Construct,
    id: string,
    readonly keyArn: string,
  ) {
    super(scope, id);
    new Faults(this.node.path)
      .matches(
        "keyArn",
        keyArn,
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]+$/i,
        "must be the ARN of a KMS key, not of an alias",
      )
      .throwIfAny();
  }

  grantDecrypt(grantee: IRole): void {
    grant(this, grantee, "Decrypt", DECRYPT);
  }

  grantEncryptDecrypt(grantee: IRole): void {
    grant(this, grantee, "EncryptDecrypt", ENCRYPT_DECRYPT);
  }
}

function grant(key: IKey, grantee: IRole, verb: string, actions: readonly string[]): void {
  checkGrantee(key, grantee);
  // Two keys may have the same id in different scopes: the path below the stack tells them apart.
  const [, ...path] = key.node.path.split("/");
  const id = physicalName([verb, ...path], POLICY_NAME_MAX_LENGTH);
  grantee.addPolicy(id, [{ Effect: "Allow", Action: actions, Resource: key.keyArn }]);
}

/** Across stacks an ARN that is not known at synth would become an output of the key's stack, with all that it is taken from. */
function checkGrantee(key: IKey, grantee: unknown): void {
  const faults = new Faults(key.node.path);
  const isRole = Construct.isConstruct(grantee) && "addPolicy" in grantee;
  faults.check(isRole, "grantee", "must be a role", grantee ?? null, "for example serviceAccount.role").throwIfAny();
  const role = grantee as IRole;
  const same = TerraformStack.of(role) === TerraformStack.of(key) || !Token.isUnresolved(key.keyArn);
  const fix = "use the key of this stack's Platform, or Key.fromKeyArn(...) in the role's stack";
  faults.check(same, "grantee", "must be a role of the key's stack", role.node.path, fix).throwIfAny();
}
