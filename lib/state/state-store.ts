import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { AwsAccount } from "../core/account";
import { Faults } from "../core/faults";
import type { Statement } from "../core/policy-document";
import type { Removal } from "../core/removal";
import { Key } from "../kms/key";
import { LockTable } from "./lock-table";
import { SecureBucket } from "./secure-bucket";
import { StateCopies } from "./state-copies";
import type { StateLocation } from "./state-location";

/** A state store, and the account that its copies go to. */
export interface StateStoreProps {
  readonly location: StateLocation;
  /** Where copies go: the same account in another region, and the provider of that region. */
  readonly copies: { readonly account: AwsAccount; readonly provider: TerraformProvider };
  /** @default "retain" */
  readonly removal?: Removal;
}

/**
 * Where Terraform keeps its state: a versioned bucket under a key of its own, its access logged, copied to another region, and a lock
 * table.
 *
 * Creates three buckets, two keys, a DynamoDB table and the role that copies.
 *
 * @throws {ValidationError} if the copies lie in the region of the state
 */
export class StateStore extends Construct {
  constructor(scope: Construct, id: string, { location, copies, removal = "retain" }: StateStoreProps) {
    super(scope, id);
    new Faults(this.node.path)
      .check(
        copies.account.region !== location.account.region,
        "copies.account.region",
        "must be another region than the state's",
        copies.account.region,
      )
      .throwIfAny();
    const key = new Key(this, "Key", {
      account: location.account,
      alias: location.keyAlias,
      description: "Terraform state",
      removal,
    });
    const bucket = new SecureBucket(this, "Bucket", {
      bucketName: location.bucketName,
      encryptionKey: key,
      noncurrentVersionDays: 90,
      noncurrentVersionsKept: 20,
      removal,
    });
    const logs = new SecureBucket(this, "Logs", {
      bucketName: location.logBucketName,
      noncurrentVersionDays: 30,
      objectsExpireAfterDays: 365,
      statements: (bucketArn) => [accessLogs(bucketArn, bucket.bucketArn, location.account)],
      removal,
    });
    new S3BucketLoggingA(this, "Logging", {
      bucket: bucket.resource.id,
      targetBucket: logs.resource.id,
      targetPrefix: "state/",
      dependsOn: [logs.policy],
    });
    new LockTable(this, "Locks", { tableName: location.lockTableName, encryptionKey: key, removal });
    new StateCopies(this, "Copies", {
      location,
      source: bucket,
      sourceKey: key,
      copyAccount: copies.account,
      provider: copies.provider,
      removal,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function accessLogs(logBucketArn: string, sourceBucketArn: string, { accountId }: AwsAccount): Statement {
  return {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${logBucketArn}/state/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": sourceBucketArn },
      StringEquals: { "aws:SourceAccount": accountId },
    },
  };
}
