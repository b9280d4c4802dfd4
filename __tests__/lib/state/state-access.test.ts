import { stateStatements } from "../../../lib/state/state-access";
import { stateLocation } from "../../../lib/state/state-location";
import { account } from "../../support/account";

const BUCKET = "arn:aws:s3:::eks-platform-tfstate-111122223333-eu-west-3";
const TABLE = "arn:aws:dynamodb:eu-west-3:111122223333:table/eks-platform-tfstate-locks";
const location = stateLocation(account);

test("one state, locked twice: this state, its lock file, its items in the table, the store's key through S3 and DynamoDB", () => {
  expect(stateStatements(location, { keys: ["stacks/dev/terraform.tfstate"] })).toEqual([
    {
      Sid: "StateList",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: BUCKET,
      Condition: {
        StringLike: { "s3:prefix": ["stacks/dev/terraform.tfstate", "stacks/dev/terraform.tfstate.tflock"] },
      },
    },
    {
      Sid: "StateObjects",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: [`${BUCKET}/stacks/dev/terraform.tfstate`, `${BUCKET}/stacks/dev/terraform.tfstate.tflock`],
    },
    {
      Sid: "StateLockFiles",
      Effect: "Allow",
      Action: "s3:DeleteObject",
      Resource: [`${BUCKET}/stacks/dev/terraform.tfstate.tflock`],
    },
    {
      Sid: "StateLocks",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
      Resource: TABLE,
      Condition: {
        "ForAllValues:StringLike": {
          "dynamodb:LeadingKeys": [
            "eks-platform-tfstate-111122223333-eu-west-3/stacks/dev/terraform.tfstate",
            "eks-platform-tfstate-111122223333-eu-west-3/stacks/dev/terraform.tfstate-md5",
          ],
        },
      },
    },
    { Sid: "StateLockTable", Effect: "Allow", Action: "dynamodb:DescribeTable", Resource: TABLE },
    {
      Sid: "StateKey",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "arn:aws:kms:eu-west-3:111122223333:key/*",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/eks-platform/tfstate" },
        StringEquals: { "kms:ViaService": ["s3.eu-west-3.amazonaws.com", "dynamodb.eu-west-3.amazonaws.com"] },
      },
    },
  ]);
});

test("a folder of states, locked by files: everything below it, only lock files are taken away, and no table", () => {
  const statements = stateStatements(location, { keys: ["teams/genomics/staging/"], locking: "s3" });
  expect(statements).toMatchObject([
    { Sid: "StateList", Condition: { StringLike: { "s3:prefix": ["teams/genomics/staging/*"] } } },
    { Sid: "StateObjects", Resource: [`${BUCKET}/teams/genomics/staging/*`] },
    { Sid: "StateLockFiles", Resource: [`${BUCKET}/teams/genomics/staging/*.tflock`] },
    { Sid: "StateKey", Condition: { StringEquals: { "kms:ViaService": ["s3.eu-west-3.amazonaws.com"] } } },
  ]);
  expect(JSON.stringify(statements)).not.toContain("dynamodb");
});

test("a folder of states, locked twice: its items in the table too", () => {
  const statements = stateStatements(location, { keys: ["teams/genomics/staging/"], locking: "both" });
  expect(statements.find(({ Sid }) => Sid === "StateLocks")?.Condition).toEqual({
    "ForAllValues:StringLike": {
      "dynamodb:LeadingKeys": ["eks-platform-tfstate-111122223333-eu-west-3/teams/genomics/staging/*"],
    },
  });
});

test("several states of a store with a prefix of its own, in China", () => {
  const china = stateLocation({ accountId: "111122223333", region: "cn-north-1" }, "acme");
  const statements = stateStatements(china, { keys: ["stacks/dev/terraform.tfstate", "teams/a/dev/"], locking: "s3" });
  const bucket = "arn:aws-cn:s3:::acme-tfstate-111122223333-cn-north-1";
  expect(statements).toMatchObject([
    { Resource: bucket },
    {
      Resource: [
        `${bucket}/stacks/dev/terraform.tfstate`,
        `${bucket}/stacks/dev/terraform.tfstate.tflock`,
        `${bucket}/teams/a/dev/*`,
      ],
    },
    { Resource: [`${bucket}/stacks/dev/terraform.tfstate.tflock`, `${bucket}/teams/a/dev/*.tflock`] },
    {
      Resource: "arn:aws-cn:kms:cn-north-1:111122223333:key/*",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/acme/tfstate" },
        StringEquals: { "kms:ViaService": ["s3.cn-north-1.amazonaws.com.cn"] },
      },
    },
  ]);
});
