import { awsProvider } from "../../../lib/core/aws-provider";
import { SecureBucket, type SecureBucketProps } from "../../../lib/state/secure-bucket";
import { account } from "../../support/account";
import { KEY_ARN, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: SecureBucketProps = { bucketName: "a-bucket", noncurrentVersionDays: 30, removal: "retain" };

function bucketWith(props: Partial<SecureBucketProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new SecureBucket(scope, "Bucket", { ...minimal, encryptionKey: testKey(scope), ...props });
  });
}

/** What S3 resources of a type say, besides which bucket they belong to. */
function only(stack: Synthesized, type: string): Record<string, unknown> {
  const { bucket, depends_on, ...rest } = stack.only(type);
  expect(bucket).toMatch(/^\$\{aws_s3_bucket\.Bucket_[0-9A-F]{8}\.id\}$/);
  return rest;
}

test("minimal: guarded, versioned, private, owned by the account", () => {
  const stack = bucketWith();
  expect(stack.only("aws_s3_bucket")).toEqual({
    bucket: "a-bucket",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(only(stack, "aws_s3_bucket_versioning")).toEqual({ versioning_configuration: { status: "Enabled" } });
  expect(only(stack, "aws_s3_bucket_public_access_block")).toEqual({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(only(stack, "aws_s3_bucket_ownership_controls")).toEqual({
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
  expect(only(stack, "aws_s3_bucket_notification")).toEqual({ eventbridge: true });
  expect(stack.census).toEqual({
    aws_s3_bucket: 1,
    aws_s3_bucket_versioning: 1, // what is overwritten can be had back
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_ownership_controls: 1, // no ACLs
    aws_s3_bucket_policy: 1, // TLS only
    aws_s3_bucket_lifecycle_configuration: 1, // old versions do not stay for good
    aws_s3_bucket_notification: 1, // changes can be heard
  });
});

test("maximal: every property shows, in the region of its provider", () => {
  const stack = synthesizeWith((scope) => {
    const provider = awsProvider(scope, "Copies", { account: { ...account, region: "eu-central-1" }, alias: "copies" });
    new SecureBucket(scope, "Bucket", {
      ...minimal,
      encryptionKey: testKey(scope),
      noncurrentVersionsKept: 20,
      statements: (bucketArn) => [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/*` }],
      provider,
      removal: "destroy",
    });
  });
  expect(stack.only("aws_s3_bucket")).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  expect(only(stack, "aws_s3_bucket_lifecycle_configuration")).toMatchObject({
    rule: [
      {
        id: "expire-old-versions",
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions: 20 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ],
  });
  expect(parsed(stack.only("aws_s3_bucket_policy"), "policy")).toMatchObject({
    Statement: [{ Sid: "TlsOnly" }, { Sid: "Tls12" }, { Sid: "Read", Resource: expect.stringMatching(/\.arn\}\/\*$/) }],
  });
  const types = Object.keys(stack.census);
  expect(types).toHaveLength(8);
  expect(types.map((type) => stack.only(type).provider)).toEqual(Array(8).fill("aws.copies"));
});

test("nobody gets in without TLS 1.2, whoever they are and whatever they do", () => {
  expect(parsed(bucketWith().only("aws_s3_bucket_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [expect.stringMatching(/\.arn\}$/), expect.stringMatching(/\.arn\}\/\*$/)],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "Tls12",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [expect.stringMatching(/\.arn\}$/), expect.stringMatching(/\.arn\}\/\*$/)],
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
    ],
  });
});

test("every object is encrypted: with the key that was given, else with S3's own", () => {
  const type = "aws_s3_bucket_server_side_encryption_configuration";
  expect(only(bucketWith(), type)).toEqual({
    rule: [
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY_ARN },
        bucket_key_enabled: true,
      },
    ],
  });
  expect(only(bucketWith({ encryptionKey: undefined }), type)).toEqual({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
  });
});

test("changes of access follow each other, because S3 refuses two at once", () => {
  const stack = bucketWith();
  const [block] = Object.keys(stack.resources("aws_s3_bucket_public_access_block"));
  expect(stack.only("aws_s3_bucket_ownership_controls").depends_on).toEqual([
    `aws_s3_bucket_public_access_block.${block}`,
  ]);
  expect(stack.only("aws_s3_bucket_policy").depends_on).toEqual([
    expect.stringMatching(/^aws_s3_bucket_ownership_controls\./),
  ]);
});

test.each<[string, Partial<SecureBucketProps>, string]>([
  [
    "a name beyond S3's limit",
    { bucketName: "a".repeat(64) },
    `'bucketName' must have 3 to 63 characters, has 64, got "${"a".repeat(64)}" at test/Bucket`,
  ],
  [
    "a name with capitals",
    { bucketName: "State" },
    `'bucketName' must have only lower-case letters, digits and '-', got "State" at test/Bucket`,
  ],
  [
    "a name with dots, which TLS certificates do not cover",
    { bucketName: "state.example.com" },
    `'bucketName' must have only lower-case letters, digits and '-', got "state.example.com" at test/Bucket`,
  ],
  [
    "a name known only at apply",
    { bucketName: aToken() },
    "'bucketName' must be known at synth, got a token at test/Bucket; write the value itself instead of another resource's attribute",
  ],
  [
    "versions that are not kept at all",
    { noncurrentVersionDays: 0 },
    "'noncurrentVersionDays' must be a whole number of at least 1, got 0 at test/Bucket",
  ],
  [
    "more versions than S3 can keep back",
    { noncurrentVersionsKept: 101 },
    "'noncurrentVersionsKept' must be a whole number from 1 to 100, got 101 at test/Bucket",
  ],
])("refused: %s", (_, props, message) => {
  expect(messageOf(() => new SecureBucket(testStack(), "Bucket", { ...minimal, ...props }))).toBe(message);
});
