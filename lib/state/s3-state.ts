import { S3Backend, type S3BackendConfig, type TerraformStack } from "cdktf";
import { requireTerraform } from "./required-terraform";
import { type StateLocation, stateKey } from "./state-location";

/**
 * What keeps two runs apart. `both` writes the lock file in the bucket and the item in DynamoDB, which lets a team move from one to the
 * other; `s3` needs the bucket only.
 */
export type Locking = "both" | "s3";

/** Where a stack's state lies, and how it is locked. */
export interface S3StateProps {
  readonly location: StateLocation;
  /** @default "both" */
  readonly locking?: Locking;
  /**
   * Role in the account that holds the state, for stacks of other accounts.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
}

/** Keeps the state of a stack in the account's state store, encrypted and locked, and says which Terraform may run it. */
export function useS3State(stack: TerraformStack, { location, locking = "both", roleArn }: S3StateProps): void {
  useS3Backend(stack, {
    bucket: location.bucketName,
    key: stateKey(stack.node.id),
    region: location.account.region,
    kmsKeyId: location.keyAliasArn,
    dynamodbTable: locking === "both" ? location.lockTableName : undefined,
    assumeRole: roleArn ? { roleArn } : undefined,
  });
  requireTerraform(stack);
}

/** A backend in S3 that is always encrypted, and locked by a file beside the state. */
export function useS3Backend(stack: TerraformStack, config: Omit<S3BackendConfig, "encrypt">): void {
  new S3Backend(stack, { ...config, encrypt: true });
  // The binding of cdktf 0.21 has no word for it.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
