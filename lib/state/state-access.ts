import { arn, dnsSuffixOf, partitionOf } from "../core/account";
import type { Statement } from "../core/policy-document";
import type { Locking } from "./s3-state";
import type { StateLocation } from "./state-location";

/** Some states of a store. */
export interface StateAccess {
  /** Objects that hold a state each, for example `stacks/dev/terraform.tfstate`. One that ends in `/` stands for all objects below it. */
  readonly keys: readonly string[];
  /**
   * As the backend has it.
   *
   * @default "both"
   */
  readonly locking?: Locking;
}

/**
 * What a role of the store's account needs for states at some keys, and nothing else in the store: it reads and writes the states, and takes
 * lock files away. Only the default workspace: others would lie below `env:/`.
 *
 * The key is named by its alias, because its ARN is not known by name; the store's own bucket and table are its only way.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function stateStatements(location: StateLocation, { keys, locking = "both" }: StateAccess): Statement[] {
  const { account, bucketName } = location;
  const bucketArn = `arn:${partitionOf(account.region)}:s3:::${bucketName}`;
  const names = keys.flatMap((key) => (isFolder(key) ? `${key}*` : [key, lockFile(key)]));
  const services = locking === "both" ? ["s3", "dynamodb"] : ["s3"];
  return [
    {
      Sid: "StateList",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": names } },
    },
    {
      Sid: "StateObjects",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: names.map((name) => `${bucketArn}/${name}`),
    },
    {
      Sid: "StateLockFiles",
      Effect: "Allow",
      Action: "s3:DeleteObject",
      Resource: keys.map((key) => `${bucketArn}/${lockFile(isFolder(key) ? `${key}*` : key)}`),
    },
    ...(locking === "both" ? lockTableStatements(location, keys) : []),
    {
      Sid: "StateKey",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      Resource: arn(account, "kms", "key/*"),
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${location.keyAlias}` },
        StringEquals: {
          "kms:ViaService": services.map((service) => `${service}.${account.region}.${dnsSuffixOf(account.region)}`),
        },
      },
    },
  ];
}

/** Items are named after bucket and object; the one with the digest ends in `-md5`. */
function lockTableStatements(
  { account, bucketName, lockTableName }: StateLocation,
  keys: readonly string[],
): Statement[] {
  const Resource = arn(account, "dynamodb", `table/${lockTableName}`);
  const items = keys.flatMap((key) => (isFolder(key) ? `${key}*` : [key, `${key}-md5`]));
  return [
    {
      Sid: "StateLocks",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
      Resource,
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": items.map((item) => `${bucketName}/${item}`) },
      },
    },
    { Sid: "StateLockTable", Effect: "Allow", Action: "dynamodb:DescribeTable", Resource },
  ];
}

function isFolder(key: string): boolean {
  return key.endsWith("/");
}

function lockFile(key: string): string {
  return `${key}.tflock`;
}
