import { awsProvider } from "../../../lib/core/aws-provider";
import { stateLocation } from "../../../lib/state/state-location";
import { StateStore, type StateStoreProps } from "../../../lib/state/state-store";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { type Body, parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";

const location = stateLocation(account);
const elsewhere = { ...account, region: "eu-central-1" };

function storeWith(removal?: StateStoreProps["removal"]): Synthesized {
  return synthesizeWith((scope) => {
    const provider = awsProvider(scope, "Copies", { account: elsewhere, alias: "copies" });
    new StateStore(scope, "State", { location, copies: { account: elsewhere, provider }, removal });
  });
}

/** The one resource of a type below a path of the store, for example `State_Copies_Bucket`. */
function below(stack: Synthesized, type: string, path: string): Body {
  const found = Object.entries(stack.resources(type)).filter(([id]) => id.startsWith(path));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0]?.[1] ?? {};
}

test("minimal: state, its access logs, its copies, its locks, its keys", () => {
  expect(storeWith().census).toEqual({
    aws_kms_key: 2, // of state, and of the copies in their region
    aws_kms_alias: 2, // the backend block names the first
    aws_s3_bucket: 3, // state, access logs, copies
    aws_s3_bucket_versioning: 3,
    aws_s3_bucket_server_side_encryption_configuration: 3,
    aws_s3_bucket_public_access_block: 3,
    aws_s3_bucket_ownership_controls: 3,
    aws_s3_bucket_policy: 3, // TLS only
    aws_s3_bucket_lifecycle_configuration: 3,
    aws_s3_bucket_notification: 3,
    aws_s3_bucket_logging: 1, // who read which state
    aws_s3_bucket_replication_configuration: 1, // of state, to the copies
    aws_iam_role: 1, // S3 copies with it
    aws_iam_role_policy: 1, // and may do nothing else
    aws_dynamodb_table: 1, // locks
  });
});

test("its names are those that backend blocks spell out", () => {
  const stack = storeWith();
  expect(below(stack, "aws_s3_bucket", "State_Bucket").bucket).toBe(location.bucketName);
  expect(below(stack, "aws_s3_bucket", "State_Logs").bucket).toBe(location.logBucketName);
  expect(below(stack, "aws_s3_bucket", "State_Copies").bucket).toBe(location.replicaBucketName);
  expect(stack.only("aws_dynamodb_table").name).toBe(location.lockTableName);
  const alias = String(below(stack, "aws_kms_alias", "State_Key").name);
  expect(location.keyAliasArn.endsWith(`:${alias}`)).toBe(true);
});

test("all of it is guarded; what may go, goes completely", () => {
  const guards = (stack: Synthesized) =>
    ["aws_s3_bucket", "aws_kms_key", "aws_dynamodb_table"].flatMap((type) =>
      Object.values(stack.resources(type)).map((body) => body.lifecycle),
    );
  expect(guards(storeWith())).toEqual(Array(6).fill({ prevent_destroy: true }));
  const going = storeWith("destroy");
  expect(guards(going)).toEqual(Array(6).fill({ prevent_destroy: false }));
  expect(Object.values(going.resources("aws_s3_bucket")).map((body) => body.force_destroy)).toEqual([true, true, true]);
});

test("state and its copies are under keys of their own; access logs are under S3's, the only one they can have", () => {
  const stack = storeWith();
  const encryption = (path: string) =>
    below(stack, "aws_s3_bucket_server_side_encryption_configuration", path).rule as unknown;
  const kms = (key: string) => [
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: expect.stringContaining(`aws_kms_key.${key}`),
      },
      bucket_key_enabled: true,
    },
  ];
  expect(encryption("State_Bucket")).toEqual(kms("State_Key"));
  expect(encryption("State_Copies")).toEqual(kms("State_Copies_Key"));
  expect(encryption("State_Logs")).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }]);
});

test("the copies and their key are in the other region, and state is not", () => {
  const stack = storeWith();
  expect(stack.json.provider).toEqual({
    aws: [{ region: "eu-west-3" }, { alias: "copies", region: "eu-central-1", allowed_account_ids: ["111122223333"] }],
  });
  for (const type of ["aws_s3_bucket", "aws_kms_key", "aws_kms_alias", "aws_s3_bucket_policy"]) {
    expect(below(stack, type, "State_Copies")).toHaveProperty("provider", "aws.copies");
  }
  expect(below(stack, "aws_s3_bucket", "State_Bucket")).not.toHaveProperty("provider");
  expect(below(stack, "aws_kms_key", "State_Key")).not.toHaveProperty("provider");
});

test("every version of every state is copied, deletions are not", () => {
  const stack = storeWith();
  const copies = stack.only("aws_s3_bucket_replication_configuration");
  expect(copies).toMatchObject({
    bucket: expect.stringContaining("aws_s3_bucket.State_Bucket"),
    role: expect.stringContaining("aws_iam_role.State_Copies_Role"),
    rule: [
      {
        id: "copy-everything",
        status: "Enabled",
        filter: { prefix: "" },
        delete_marker_replication: { status: "Disabled" },
        source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
        destination: {
          bucket: expect.stringContaining("aws_s3_bucket.State_Copies_Bucket"),
          encryption_configuration: { replica_kms_key_id: expect.stringContaining("aws_kms_key.State_Copies_Key") },
        },
      },
    ],
  });
  expect(copies.depends_on).toEqual([
    expect.stringContaining("aws_s3_bucket_versioning.State_Bucket"),
    expect.stringContaining("aws_s3_bucket_versioning.State_Copies_Bucket"),
    expect.stringContaining("aws_iam_role_policy.State_Copies_Role"),
  ]);
});

test("S3 may read state, write copies, and neither delete nor use a key the other way round", () => {
  const { Statement } = parsed(storeWith().only("aws_iam_role_policy"), "policy") as { Statement: unknown };
  expect(Statement).toEqual([
    {
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: expect.stringMatching(/aws_s3_bucket\.State_Bucket_\w+\.arn\}$/),
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: expect.stringMatching(/aws_s3_bucket\.State_Bucket_\w+\.arn\}\/\*$/),
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: expect.stringMatching(/aws_s3_bucket\.State_Copies_Bucket_\w+\.arn\}\/\*$/),
    },
    { Effect: "Allow", Action: ["kms:Decrypt"], Resource: expect.stringContaining("aws_kms_key.State_Key_") },
    { Effect: "Allow", Action: ["kms:Encrypt"], Resource: expect.stringContaining("aws_kms_key.State_Copies_Key_") },
  ]);
});

test("who read which state is written down, and only S3, for this bucket and account, may write it", () => {
  const stack = storeWith();
  expect(stack.only("aws_s3_bucket_logging")).toMatchObject({
    bucket: expect.stringContaining("aws_s3_bucket.State_Bucket"),
    target_bucket: expect.stringContaining("aws_s3_bucket.State_Logs"),
    target_prefix: "state/",
  });
  const { Statement } = parsed(below(stack, "aws_s3_bucket_policy", "State_Logs"), "policy") as { Statement: unknown };
  expect(Statement).toMatchObject([
    { Sid: "TlsOnly" },
    { Sid: "Tls12" },
    {
      Sid: "AccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/\.arn\}\/state\/\*$/),
      Condition: {
        ArnLike: { "aws:SourceArn": expect.stringContaining("aws_s3_bucket.State_Bucket") },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    },
  ]);
});

test("state that was overwritten stays for 90 days, the last 20 for good, and copies of it for a year", () => {
  const stack = storeWith();
  const kept = (path: string) => below(stack, "aws_s3_bucket_lifecycle_configuration", path).rule;
  expect(kept("State_Bucket")).toMatchObject([
    { noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 20 }] },
  ]);
  expect(kept("State_Copies")).toMatchObject([{ noncurrent_version_expiration: [{ noncurrent_days: 365 }] }]);
});

test("refused: copies in the region of the state, before anything is made", () => {
  const stack = testStack();
  const provider = awsProvider(stack, "Copies", { account, alias: "copies" });
  expect(messageOf(() => new StateStore(stack, "State", { location, copies: { account, provider } }))).toBe(
    `'copies.account.region' must be another region than the state's, got "eu-west-3" at test/State`,
  );
  expect(stack.node.tryFindChild("State")?.node.children).toEqual([]);
});

test("refused: a prefix that makes a bucket's name too long", () => {
  const stack = testStack();
  const provider = awsProvider(stack, "Copies", { account: elsewhere, alias: "copies" });
  const long = stateLocation(account, "a".repeat(33));
  expect(
    messageOf(() => new StateStore(stack, "State", { location: long, copies: { account: elsewhere, provider } })),
  ).toBe(
    `'bucketName' must have 3 to 63 characters, has 64, got "${"a".repeat(33)}-tfstate-111122223333-eu-west-3" at test/State/Bucket`,
  );
});
