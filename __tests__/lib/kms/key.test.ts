import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "../../../lib/core/aws-provider";
import { type IRole, Role } from "../../../lib/iam/role";
import { serviceTrust } from "../../../lib/iam/trust";
import { type IKey, Key, type KeyProps } from "../../../lib/kms/key";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, synthesize, synthesizeWith, testApp, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: KeyProps = {
  account,
  alias: "test/secrets",
  description: "Secrets",
};

test("minimal: rotation on, 30 days to deletion, guarded, the account in control", () => {
  const stack = synthesizeWith((scope) => {
    new Key(scope, "Key", minimal);
  });
  const key = stack.only("aws_kms_key");
  expect(key).toMatchObject({
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(parsed(key, "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountRoot",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
  expect(stack.only("aws_kms_alias")).toMatchObject({
    name: "alias/test/secrets",
  });
  expect(stack.census).toEqual({
    aws_kms_key: 1,
    aws_kms_alias: 1, // people and backend blocks know the key by it
  });
});

test("maximal: exactly the services and accounts that were named are let in", () => {
  const stack = synthesizeWith((scope) => {
    new Key(scope, "Key", {
      ...minimal,
      logGroups: ["/aws/eks/test/cluster"],
      autoScaling: true,
      accounts: ["444455556666"],
      rotationPeriodInDays: 90,
      deletionWindowInDays: 14,
      removal: "destroy",
    });
  });
  const key = stack.only("aws_kms_key");
  expect(key).toMatchObject({
    rotation_period_in_days: 90,
    deletion_window_in_days: 14,
    lifecycle: { prevent_destroy: false },
  });
  expect(parsed(key, "policy")).toMatchInlineSnapshot(`
    {
      "Statement": [
        {
          "Action": "kms:*",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:root",
          },
          "Resource": "*",
          "Sid": "AccountRoot",
        },
        {
          "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
          ],
          "Condition": {
            "ArnEquals": {
              "kms:EncryptionContext:aws:logs:arn": [
                "arn:aws:logs:eu-west-3:111122223333:log-group:/aws/eks/test/cluster",
              ],
            },
          },
          "Effect": "Allow",
          "Principal": {
            "Service": "logs.eu-west-3.amazonaws.com",
          },
          "Resource": "*",
          "Sid": "CloudWatchLogs",
        },
        {
          "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
          ],
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
          },
          "Resource": "*",
          "Sid": "AutoScaling",
        },
        {
          "Action": "kms:CreateGrant",
          "Condition": {
            "Bool": {
              "kms:GrantIsForAWSResource": "true",
            },
          },
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
          },
          "Resource": "*",
          "Sid": "AutoScalingVolumes",
        },
        {
          "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
          ],
          "Effect": "Allow",
          "Principal": {
            "AWS": [
              "arn:aws:iam::444455556666:root",
            ],
          },
          "Resource": "*",
          "Sid": "OtherAccounts",
        },
      ],
      "Version": "2012-10-17",
    }
  `);
});

test("a key of a region in China names that partition", () => {
  const stack = synthesizeWith((scope) => {
    new Key(scope, "Key", {
      ...minimal,
      account: { accountId: "111122223333", region: "cn-north-1" },
      autoScaling: true,
    });
  });
  expect(stack.only("aws_kms_key").policy).toContain("arn:aws-cn:iam::111122223333:root");
});

test("a grant adds a policy to the role, not to the key", () => {
  const stack = synthesizeWith((scope) => {
    const role = new Role(scope, "Role", {
      account,
      roleName: "reader",
      description: "Reads",
      trust: [serviceTrust("ec2.amazonaws.com")],
    });
    new Key(scope, "Key", minimal).grantDecrypt(role);
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey"],
        Resource: expect.stringContaining("aws_kms_key.Key"),
      },
    ],
  });
});

test("a grant to write lets a role read too, and manage nothing", () => {
  const stack = synthesizeWith((scope) => {
    const role = new Role(scope, "Role", {
      account,
      roleName: "writer",
      description: "Writes",
      trust: [serviceTrust("ec2.amazonaws.com")],
    });
    new Key(scope, "Key", minimal).grantEncryptDecrypt(role);
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: expect.stringContaining("aws_kms_key.Key"),
      },
    ],
  });
});

test("a key that may go waits 7 days, the least that KMS allows", () => {
  const stack = synthesizeWith((scope) => {
    expect(new Key(scope, "Key", { ...minimal, removal: "destroy" }).deletionWindowInDays).toBe(7);
  });
  expect(stack.only("aws_kms_key")).toMatchObject({
    deletion_window_in_days: 7,
    lifecycle: { prevent_destroy: false },
  });
});

test("a key and its alias live in the region of their provider", () => {
  const stack = synthesizeWith((scope) => {
    const elsewhere = { ...account, region: "eu-central-1" };
    const provider = awsProvider(scope, "Copies", { account: elsewhere, alias: "copies" });
    new Key(scope, "Key", { ...minimal, account: elsewhere, provider });
  });
  expect(stack.only("aws_kms_key").provider).toBe("aws.copies");
  expect(stack.only("aws_kms_alias").provider).toBe("aws.copies");
});

test("a grant of a key that was made elsewhere names its ARN", () => {
  const keyArn = "arn:aws:kms:eu-west-3:444455556666:key/mrk-1234";
  const stack = synthesizeWith((scope) => {
    const role = new Role(scope, "Role", {
      account,
      roleName: "reader",
      description: "Reads",
      trust: [serviceTrust("ec2.amazonaws.com")],
    });
    Key.fromKeyArn(scope, "Key", keyArn).grantDecrypt(role);
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toMatchObject({ Statement: [{ Resource: keyArn }] });
});

test("import: the ARN of an alias is refused, because policies do not follow aliases", () => {
  const alias = "arn:aws:kms:eu-west-3:111122223333:alias/test";
  expect(messageOf(() => Key.fromKeyArn(testStack(), "Key", alias))).toBe(
    `'keyArn' must be the ARN of a KMS key, not of an alias, got "${alias}" at test/Key`,
  );
});

test("import: a key by its ARN makes nothing and can be granted", () => {
  const keyArn = "arn:aws:kms:eu-west-3:111122223333:key/11111111-2222-3333-4444-555555555555";
  const stack = synthesizeWith((scope) => {
    expect(Key.fromKeyArn(scope, "Key", keyArn).keyArn).toBe(keyArn);
  });
  expect(stack.census).toEqual({});
});

describe("bad input", () => {
  const made = (props: Partial<KeyProps>) => () => new Key(testStack(), "Key", { ...minimal, ...props });

  test.each<[string, Partial<KeyProps>, string]>([
    [
      "deletion window",
      { deletionWindowInDays: 31 },
      "'deletionWindowInDays' must be a whole number from 7 to 30, got 31 at test/Key",
    ],
    [
      "rotation period",
      { rotationPeriodInDays: 30 },
      "'rotationPeriodInDays' must be a whole number from 90 to 2560, got 30 at test/Key",
    ],
    ["account", { accounts: ["1234"] }, `'accounts' must be twelve digits, got "1234" at test/Key`],
    [
      "alias of AWS",
      { alias: "aws/ebs" },
      `'alias' must have only letters, digits, '/', '_' and '-', and not begin with 'aws/', got "aws/ebs" at test/Key`,
    ],
    [
      "alias beyond the limit of KMS",
      { alias: "a".repeat(251) },
      `'alias' must have 1 to 250 characters, has 251, got "${"a".repeat(251)}" at test/Key`,
    ],
    [
      "alias known only at apply",
      { alias: aToken() },
      "'alias' must be known at synth, got a token at test/Key; write the value itself instead of another resource's attribute",
    ],
  ])("%s", (_, props, message) => {
    expect(messageOf(made(props))).toBe(message);
  });

  test("all faults at once, a line each", () => {
    expect(messageOf(made({ deletionWindowInDays: 1, rotationPeriodInDays: 1 }))).toBe(
      [
        "'deletionWindowInDays' must be a whole number from 7 to 30, got 1 at test/Key",
        "'rotationPeriodInDays' must be a whole number from 90 to 2560, got 1 at test/Key",
      ].join("\n"),
    );
  });
});

describe("a grant is refused", () => {
  const roleIn = (scope: Construct) =>
    new Role(scope, "Role", {
      account,
      roleName: "reader",
      description: "Reads",
      trust: [serviceTrust("ec2.amazonaws.com")],
    });
  const FIX = "use the key of this stack's Platform, or Key.fromKeyArn(...) in the role's stack";

  test.each<[string, (scope: TerraformStack) => IKey]>([
    ["a key that is made here", (scope) => new Key(scope, "Key", minimal)],
    ["a key of elsewhere", (scope) => Key.fromKeyArn(scope, "Key", aToken())],
  ])("to a role of another stack: %s", (_, keyIn) => {
    const app = testApp();
    const role = roleIn(new TerraformStack(app, "jobs"));
    const key = keyIn(new TerraformStack(app, "genomics"));
    const message = `'grantee' must be a role of the key's stack, got "jobs/Role" at genomics/Key; ${FIX}`;
    expect(messageOf(() => key.grantDecrypt(role))).toBe(message);
    expect(messageOf(() => key.grantEncryptDecrypt(role))).toBe(message);
    expect(role.dependables).toEqual([]);
  });

  test("but not to a role of another stack if the key's ARN is known", () => {
    const app = testApp();
    const jobs = new TerraformStack(app, "jobs");
    awsProvider(jobs, "Aws", { account });
    const role = roleIn(jobs);
    const keyArn = "arn:aws:kms:eu-west-3:111122223333:key/11111111-2222-3333-4444-555555555555";
    Key.fromKeyArn(new TerraformStack(app, "genomics"), "Key", keyArn).grantDecrypt(role);
    expect(synthesize(jobs).only("aws_iam_role_policy").policy).toContain(keyArn);
  });

  test.each<[string, (scope: TerraformStack) => unknown, string]>([
    ["nothing", () => undefined, "null"],
    ["the ARN of a role", () => "arn:aws:iam::111122223333:role/api", '"arn:aws:iam::111122223333:role/api"'],
    ["a construct that is no role", (scope) => scope, "TerraformStack"],
  ])("to %s", (_, grantee, got) => {
    const scope = testStack();
    expect(messageOf(() => new Key(scope, "Key", minimal).grantDecrypt(grantee(scope) as IRole))).toBe(
      `'grantee' must be a role, got ${got} at test/Key; for example serviceAccount.role`,
    );
  });
});
