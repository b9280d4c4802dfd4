import {
  type AwsAccount,
  arn,
  checkAccount,
  dnsSuffixOf,
  iamArn,
  managedPolicyArn,
  partitionOf,
} from "../../../lib/core/account";
import { Faults } from "../../../lib/core/faults";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

test.each([
  ["eu-west-3", "aws", "amazonaws.com"],
  ["ap-southeast-2", "aws", "amazonaws.com"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["us-isof-east-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
])("a region knows its partition and its domain: %s", (region, partition, suffix) => {
  expect(partitionOf(region)).toBe(partition);
  expect(dnsSuffixOf(region)).toBe(suffix);
});

test("every ARN names the partition of its region", () => {
  const china: AwsAccount = { accountId: "111122223333", region: "cn-north-1" };
  expect([
    arn(account, "logs", "log-group:/aws/eks/staging"),
    iamArn(account, "role/reader"),
    managedPolicyArn("eu-west-3", "AmazonEKSClusterPolicy"),
    arn(china, "logs", "log-group:/aws/eks/staging"),
    iamArn(china, "role/reader"),
    managedPolicyArn("us-gov-west-1", "service-role/AmazonEBSCSIDriverPolicy"),
  ]).toEqual([
    "arn:aws:logs:eu-west-3:111122223333:log-group:/aws/eks/staging",
    "arn:aws:iam::111122223333:role/reader",
    "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/eks/staging",
    "arn:aws-cn:iam::111122223333:role/reader",
    "arn:aws-us-gov:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
  ]);
});

const PATH_RULE = "must have only letters, digits and '_+=,.@-' between single slashes";

function checked(record: AwsAccount): () => void {
  return () => {
    const faults = new Faults("staging");
    checkAccount(faults, "account", record);
    faults.throwIfAny();
  };
}

test("an account with a path and a boundary is accepted", () => {
  expect(
    checked({ ...account, iamPath: "/platform/eks/", permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b" }),
  ).not.toThrow();
});

test.each([undefined, "/", "/a/", "/A-1/b_2/c+=,.@d/", `/${"p".repeat(510)}/`])(
  "a path that IAM takes: %s",
  (iamPath) => {
    expect(checked({ ...account, iamPath })).not.toThrow();
  },
);

test.each<[string, Partial<AwsAccount>, string]>([
  [
    "an account id that lost its leading zero",
    { accountId: "11122223333" },
    `'account.accountId' must be twelve digits, got "11122223333" at staging`,
  ],
  [
    "a zone in place of a region",
    { region: "eu-west-3a" },
    `'account.region' must be an AWS region, got "eu-west-3a" at staging; for example "eu-west-3"`,
  ],
  [
    "a path without a slash at its end",
    { iamPath: "/platform" },
    `'account.iamPath' must begin and end with a slash, got "/platform" at staging`,
  ],
  [
    "a path with what is a pattern in policies",
    { iamPath: "/x*/" },
    `'account.iamPath' ${PATH_RULE}, got "/x*/" at staging; '*' and '?' are patterns in policies`,
  ],
  [
    "a path that has a part without a name",
    { iamPath: "//?/" },
    `'account.iamPath' ${PATH_RULE}, got "//?/" at staging; '*' and '?' are patterns in policies`,
  ],
  [
    "a path of two slashes",
    { iamPath: "//" },
    `'account.iamPath' ${PATH_RULE}, got "//" at staging; '*' and '?' are patterns in policies`,
  ],
  [
    "a path of two lines",
    { iamPath: "/platform/\n/" },
    `'account.iamPath' ${PATH_RULE}, got "/platform/\\n/" at staging; '*' and '?' are patterns in policies`,
  ],
  [
    "an empty path",
    { iamPath: "" },
    `'account.iamPath' must begin and end with a slash, got "" at staging
'account.iamPath' must have 1 to 512 characters, has 0, got "" at staging`,
  ],
  [
    "a path that is longer than IAM takes",
    { iamPath: `/${"p".repeat(511)}/` },
    `'account.iamPath' must have 1 to 512 characters, has 513, got "/${"p".repeat(511)}/" at staging`,
  ],
  [
    "an account id that is known only at apply",
    { accountId: aToken() },
    "'account.accountId' must be known at synth, got a token at staging; write the value itself instead of another resource's attribute",
  ],
  [
    "a region that is known only at apply",
    { region: aToken() },
    "'account.region' must be known at synth, got a token at staging; write the value itself instead of another resource's attribute",
  ],
])("refused: %s", (_, wrong, message) => {
  expect(messageOf(checked({ ...account, ...wrong }))).toBe(message);
});
