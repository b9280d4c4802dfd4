import { type AwsAccount, arn } from "../core/account";

/** Where Terraform state lies: known by name before any of it exists, because a backend block takes nothing but literals. */
export interface StateLocation {
  readonly account: AwsAccount;
  readonly bucketName: string;
  readonly logBucketName: string;
  readonly replicaBucketName: string;
  readonly lockTableName: string;
  /** Alias of the key that encrypts state, without the leading `alias/`. */
  readonly keyAlias: string;
  readonly keyAliasArn: string;
}

/** First part of every name, unless an account says otherwise. */
export const DEFAULT_STATE_PREFIX = "eks-platform";

/** The names of an account's state store. Bucket names are unique in the world: they carry the account's id and the region. */
export function stateLocation(account: AwsAccount, prefix = DEFAULT_STATE_PREFIX): StateLocation {
  const bucket = (purpose: string) => `${prefix}-${purpose}-${account.accountId}-${account.region}`;
  const keyAlias = `${prefix}/tfstate`;
  return {
    account,
    bucketName: bucket("tfstate"),
    logBucketName: bucket("tfstate-logs"),
    replicaBucketName: bucket("tfstate-copy"),
    lockTableName: `${prefix}-tfstate-locks`,
    keyAlias,
    keyAliasArn: arn(account, "kms", `alias/${keyAlias}`),
  };
}

/** The object that holds a stack's state. */
export function stateKey(stackId: string): string {
  return `stacks/${stackId}/terraform.tfstate`;
}
