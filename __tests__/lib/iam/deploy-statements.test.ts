import { policyJson } from "../../../lib/core/policy-document";
import { deployStatements } from "../../../lib/iam/deploy-statements";
import { allows } from "../../support/iam";

const account = {
  accountId: "444455556666",
  region: "eu-west-3",
  iamPath: "/eks-platform/",
  permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/platform-boundary",
};
const deploy = deployStatements(account);
const node = "arn:aws:iam::444455556666:role/eks-platform/dev-general-nodes";
const itself = "arn:aws:iam::444455556666:role/platform-deploy";
const key = "arn:aws:kms:eu-west-3:444455556666:key/1";
const inRegion = { "aws:RequestedRegion": "eu-west-3" };
const asked = { ...inRegion, "aws:RequestTag/ManagedBy": "terraform" };
const tagged = { "aws:ResourceTag/ManagedBy": "terraform" };
const ofStates = { ...tagged, "kms:ResourceAliases": "alias/eks-platform/tfstate" };
const bounded = { "iam:PermissionsBoundary": account.permissionsBoundaryArn };

const copies = { ...tagged, "kms:ResourceAliases": "alias/eks-platform/tfstate-copy" };

function logs(name: string): string {
  return `arn:aws:logs:eu-west-3:444455556666:log-group:${name}`;
}

test("the policy fits into what IAM allows, with the longest path", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const longest = { ...account, iamPath: `/${"p".repeat(510)}/` };
  expect(policyJson(deployStatements(longest)).length).toBeLessThanOrEqual(10_240);
});

test.each<[string, string, string, Record<string, string>]>([
  ["make a network in its region", "ec2:CreateVpc", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["start nodes from a launch template", "ec2:RunInstances", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["make a cluster in its region", "eks:CreateCluster", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["make a role with the boundary", "iam:CreateRole", node, bounded],
  ["give a bounded role rights", "iam:PutRolePolicy", node, bounded],
  ["hand its roles to EKS", "iam:PassRole", node, { "iam:PassedToService": "eks.amazonaws.com" }],
  ["name an interface endpoint", "route53:AssociateVPCWithHostedZone", "*", { "aws:RequestedRegion": "us-east-1" }],
  ["make a key with its tag", "kms:CreateKey", "*", asked],
  ["tag a key when it is made", "kms:TagResource", "*", asked],
  ["change another tag of its key", "kms:TagResource", key, { ...inRegion, ...tagged }],
  ["give a key a name", "kms:CreateAlias", "arn:aws:kms:eu-west-3:444455556666:alias/dev/data", {}],
  ["give its key a name", "kms:CreateAlias", key, tagged],
  ["give a key a name before its tags count", "kms:CreateAlias", key, {}],
  ["have a key rotate before its tags count", "kms:EnableKeyRotation", key, {}],
  ["hand its key to EKS", "kms:CreateGrant", key, tagged],
  ["change the policy of its key", "kms:PutKeyPolicy", key, tagged],
  ["delete its key", "kms:ScheduleKeyDeletion", key, tagged],
  [
    "take the role of nodes out of the profile that EKS made",
    "iam:RemoveRoleFromInstanceProfile",
    "arn:aws:iam::444455556666:instance-profile/eks-eu-west-3-dev-1",
    {},
  ],
  ["look at any key", "kms:DescribeKey", key, {}],
  ["delete a cluster's logs", "logs:DeleteLogGroup", logs("/aws/eks/dev/cluster"), {}],
  ["tag flow logs", "logs:TagResource", logs("/aws/vpc/dev/flow-logs:*"), {}],
  [
    "let AWS make the role of NAT gateways",
    "iam:CreateServiceLinkedRole",
    "arn:aws:iam::444455556666:role/aws-service-role/ec2-nat-gateway.amazonaws.com/AWSServiceRoleForNATGateway",
    { "iam:AWSServiceName": "ec2-nat-gateway.amazonaws.com" },
  ],
])("a deploy role may %s", (_, action, resource, context) => {
  expect(allows(deploy, action, resource, context)).toBe(true);
});

test.each<[string, string, string, Record<string, string>]>([
  ["make anything in another region", "ec2:CreateVpc", "*", { "aws:RequestedRegion": "us-east-1" }],
  ["make a role without a boundary", "iam:CreateRole", node, {}],
  [
    "make a role with another boundary",
    "iam:CreateRole",
    node,
    { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/X" },
  ],
  ["make a role elsewhere", "iam:CreateRole", "arn:aws:iam::444455556666:role/mine", bounded],
  ["take a boundary away", "iam:DeleteRolePermissionsBoundary", node, bounded],
  ["change itself", "iam:PutRolePolicy", itself, bounded],
  ["change who may assume it", "iam:UpdateAssumeRolePolicy", itself, {}],
  ["change the boundary", "iam:CreatePolicyVersion", account.permissionsBoundaryArn, {}],
  ["hand itself to a service", "iam:PassRole", itself, { "iam:PassedToService": "ec2.amazonaws.com" }],
  ["hand a role to Lambda", "iam:PassRole", node, { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["make users", "iam:CreateUser", "arn:aws:iam::444455556666:user/x", {}],
  ["assume other roles", "sts:AssumeRole", "arn:aws:iam::777788889999:role/platform-deploy", {}],
  ["read with a key", "kms:Decrypt", key, { ...inRegion, ...tagged }],
  ["make a key that nobody could tell from others", "kms:CreateKey", "*", inRegion],
  ["make a key for others", "kms:CreateKey", "*", { ...inRegion, "aws:RequestTag/ManagedBy": "hand" }],
  ["take over another's key by a tag", "kms:TagResource", key, { ...asked, "aws:ResourceTag/ManagedBy": "hand" }],
  ["take over a key with another's name", "kms:TagResource", key, { ...asked, "kms:ResourceAliases": "alias/records" }],
  ["tag a key that has no tag and no name otherwise", "kms:TagResource", key, inRegion],
  [
    "give its key to others by a tag",
    "kms:TagResource",
    key,
    { ...tagged, ...inRegion, "aws:RequestTag/ManagedBy": "hand" },
  ],
  ["change the policy of another's key", "kms:PutKeyPolicy", key, { "aws:ResourceTag/ManagedBy": "hand" }],
  ["change the policy of a key without a tag", "kms:PutKeyPolicy", key, {}],
  ["hand over another's key", "kms:CreateGrant", key, { "aws:ResourceTag/ManagedBy": "hand" }],
  ["hand over a key without a tag", "kms:CreateGrant", key, {}],
  ["hand over the key of states", "kms:CreateGrant", key, ofStates],
  ["name another's key", "kms:CreateAlias", key, { "aws:ResourceTag/ManagedBy": "hand" }],
  ["delete another's key", "kms:ScheduleKeyDeletion", key, {}],
  ["take the name of another's key", "kms:UpdateAlias", key, {}],
  ["delete the key of states", "kms:ScheduleKeyDeletion", key, ofStates],
  ["delete the key of their copies", "kms:ScheduleKeyDeletion", key, copies],
  ["switch off the key of states", "kms:DisableKey", key, ofStates],
  [
    "put a role into a profile",
    "iam:AddRoleToInstanceProfile",
    "arn:aws:iam::444455556666:instance-profile/eks-eu-west-3-dev-1",
    {},
  ],
  ["take the tag of the key of states", "kms:UntagResource", key, ofStates],
  ["delete the logs of CloudTrail", "logs:DeleteLogGroup", logs("aws-cloudtrail-logs-444455556666"), {}],
  ["delete the logs of a function", "logs:DeleteLogGroup", logs("/aws/lambda/any"), {}],
  ["read objects", "s3:GetObject", "arn:aws:s3:::any/object", { "aws:RequestedRegion": "eu-west-3" }],
])("a deploy role may not %s", (_, action, resource, context) => {
  expect(allows(deploy, action, resource, context)).toBe(false);
});
