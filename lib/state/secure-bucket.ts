import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { policyJson, type Statement } from "../core/policy-document";
import { guarded, type Removal } from "../core/removal";
import type { IKey } from "../kms/key";

export interface SecureBucketProps {
  /** 3-63 characters, unique in the world. Changing it replaces the bucket. */
  readonly bucketName: string;
  /**
   * Encrypts every object.
   *
   * @default - the key of S3 itself: a bucket that access logs go to cannot have another
   */
  readonly encryptionKey?: IKey;
  /** How long versions that were overwritten or deleted are kept. Unit: days. At least 1. */
  readonly noncurrentVersionDays: number;
  /**
   * How many of them are kept whatever their age. Range: 1-100.
   *
   * @default - none
   */
  readonly noncurrentVersionsKept?: number;
  /**
   * When objects go, whoever reads them last. Unit: days. At least 1.
   *
   * @default - never
   */
  readonly objectsExpireAfterDays?: number;
  /**
   * Statements besides those that refuse plain connections.
   *
   * @default - none
   */
  readonly statements?: (bucketArn: string) => readonly Statement[];
  /** @default - the stack's AWS provider */
  readonly provider?: TerraformProvider;
  readonly removal: Removal;
}

const ABORT_UPLOADS_AFTER_DAYS = 7;

/**
 * A private, versioned, encrypted bucket that is reached over TLS only.
 *
 * Creates `aws_s3_bucket` and its versioning, encryption, public access block, ownership controls, policy, lifecycle and EventBridge
 * notification.
 *
 * @throws {ValidationError} if `bucketName` is not one that S3 allows, or how long versions are kept is out of its range
 */
export class SecureBucket extends Construct {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly resource: S3Bucket;
  /** Replication works only between buckets that keep versions. */
  readonly versioning: ITerraformDependable;
  /** Services that write to the bucket are let in by it. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    new Faults(this.node.path)
      .literal("bucketName", props.bucketName)
      .length("bucketName", props.bucketName, 3, 63)
      .matches(
        "bucketName",
        props.bucketName,
        /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
        "must have only lower-case letters, digits and '-'",
      )
      .integer("noncurrentVersionDays", props.noncurrentVersionDays, 1)
      .integer("objectsExpireAfterDays", props.objectsExpireAfterDays, 1)
      .integer("noncurrentVersionsKept", props.noncurrentVersionsKept, 1, 100)
      .throwIfAny();
    const { provider } = props;
    this.resource = new S3Bucket(this, "Resource", {
      provider,
      bucket: props.bucketName,
      forceDestroy: props.removal === "destroy",
      lifecycle: guarded(props.removal),
    });
    this.bucketName = props.bucketName;
    this.bucketArn = this.resource.arn;
    const bucket = this.resource.id;
    this.versioning = new S3BucketVersioningA(this, "Versioning", {
      provider,
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.policy = this.protect(bucket, props);
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      provider,
      bucket,
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{}],
          expiration: props.objectsExpireAfterDays ? [{ days: props.objectsExpireAfterDays }] : undefined,
          noncurrentVersionExpiration: [
            {
              noncurrentDays: props.noncurrentVersionDays,
              newerNoncurrentVersions: props.noncurrentVersionsKept,
            },
          ],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS }],
        },
      ],
      dependsOn: [this.versioning],
    });
    new S3BucketNotification(this, "Notification", { provider, bucket, eventbridge: true });
  }

  private protect(bucket: string, { provider, encryptionKey, statements }: SecureBucketProps): S3BucketPolicy {
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      provider,
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: encryptionKey
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: encryptionKey.keyArn }
            : { sseAlgorithm: "AES256" },
          bucketKeyEnabled: encryptionKey ? true : undefined,
        },
      ],
    });
    const block = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      provider,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new S3BucketOwnershipControls(this, "OwnershipControls", {
      provider,
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [block],
    });
    return new S3BucketPolicy(this, "Policy", {
      provider,
      bucket,
      policy: policyJson([...tlsOnly(this.bucketArn), ...(statements?.(this.bucketArn) ?? [])]),
      dependsOn: [ownership],
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
function tlsOnly(bucketArn: string): Statement[] {
  const all = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    { Sid: "TlsOnly", ...all, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "Tls12", ...all, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}
