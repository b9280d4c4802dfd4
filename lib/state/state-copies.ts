import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { AwsAccount } from "../core/account";
import { physicalName } from "../core/names";
import type { Statement } from "../core/policy-document";
import type { Removal } from "../core/removal";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceTrust } from "../iam/trust";
import { type IKey, Key } from "../kms/key";
import { SecureBucket } from "./secure-bucket";
import type { StateLocation } from "./state-location";

export interface StateCopiesProps {
  readonly location: StateLocation;
  readonly source: SecureBucket;
  readonly sourceKey: IKey;
  /** The account in the region of the copies. */
  readonly copyAccount: AwsAccount;
  /** Provider of that region. */
  readonly provider: TerraformProvider;
  readonly removal: Removal;
}

/**
 * A copy of every version of every state, in a second bucket of another region, under a key of its own. Deletions are not copied.
 *
 * Creates a bucket, a key, a role for S3 and `aws_s3_bucket_replication_configuration`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export class StateCopies extends Construct {
  readonly bucket: SecureBucket;

  constructor(scope: Construct, id: string, props: StateCopiesProps) {
    super(scope, id);
    const { location, source, provider, removal } = props;
    const key = new Key(this, "Key", {
      account: props.copyAccount,
      alias: `${location.keyAlias}-copy`,
      description: "Copies of Terraform state",
      provider,
      removal,
    });
    this.bucket = new SecureBucket(this, "Bucket", {
      bucketName: location.replicaBucketName,
      encryptionKey: key,
      noncurrentVersionDays: 365,
      provider,
      removal,
    });
    const role = new Role(this, "Role", {
      account: location.account,
      roleName: physicalName([location.bucketName, "copy"], ROLE_NAME_MAX_LENGTH),
      description: "S3 copies Terraform state to the bucket of copies",
      trust: [serviceTrust("s3.amazonaws.com", { StringEquals: { "aws:SourceAccount": location.account.accountId } })],
    });
    role.addPolicy("Copy", copyStatements(source, this.bucket, props.sourceKey, key));
    new S3BucketReplicationConfigurationA(this, "Resource", {
      bucket: source.resource.id,
      role: role.roleArn,
      rule: [
        {
          id: "copy-everything",
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: this.bucket.bucketArn,
            encryptionConfiguration: { replicaKmsKeyId: key.keyArn },
          },
        },
      ],
      dependsOn: [source.versioning, this.bucket.versioning, ...role.dependables],
    });
  }
}

function copyStatements(source: SecureBucket, copy: SecureBucket, sourceKey: IKey, copyKey: IKey): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: source.bucketArn,
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: `${source.bucketArn}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: `${copy.bucketArn}/*`,
    },
    { Effect: "Allow", Action: ["kms:Decrypt"], Resource: sourceKey.keyArn },
    { Effect: "Allow", Action: ["kms:Encrypt"], Resource: copyKey.keyArn },
  ];
}
