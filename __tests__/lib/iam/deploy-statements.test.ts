import { policyJson } from "../../../lib/core/policy-document";
import { boundaryStatements, deployStatements } from "../../../lib/iam/deploy-statements";
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
const bounded = { "iam:PermissionsBoundary": account.permissionsBoundaryArn };

test("the policies fit into what IAM allows, with the longest path", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const longest = deployStatements({ ...account, iamPath: `/${"p".repeat(510)}/` });
  expect(policyJson(longest).length).toBeLessThanOrEqual(10_240);
  expect(policyJson(boundaryStatements()).length).toBeLessThanOrEqual(6_144);
});

test.each<[string, string, string, Record<string, string>]>([
  ["make a network in its region", "ec2:CreateVpc", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["start nodes from a launch template", "ec2:RunInstances", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["make a cluster in its region", "eks:CreateCluster", "*", { "aws:RequestedRegion": "eu-west-3" }],
  ["make a role with the boundary", "iam:CreateRole", node, bounded],
  ["give a bounded role rights", "iam:PutRolePolicy", node, bounded],
  ["hand its roles to EKS", "iam:PassRole", node, { "iam:PassedToService": "eks.amazonaws.com" }],
  ["name an interface endpoint", "route53:AssociateVPCWithHostedZone", "*", { "aws:RequestedRegion": "us-east-1" }],
  ["give a key a name", "kms:CreateAlias", "arn:aws:kms:eu-west-3:444455556666:alias/dev/data", {}],
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
  [
    "read with a key",
    "kms:Decrypt",
    "arn:aws:kms:eu-west-3:444455556666:key/1",
    { "aws:RequestedRegion": "eu-west-3" },
  ],
  ["read objects", "s3:GetObject", "arn:aws:s3:::any/object", { "aws:RequestedRegion": "eu-west-3" }],
])("a deploy role may not %s", (_, action, resource, context) => {
  expect(allows(deploy, action, resource, context)).toBe(false);
});

test.each([
  ["ec2:CreateNetworkInterface", true],
  ["elasticloadbalancing:CreateLoadBalancer", true],
  ["iam:CreateInstanceProfile", true],
  ["iam:CreateServiceLinkedRole", true],
  ["iam:AddRoleToInstanceProfile", true],
  ["iam:TagInstanceProfile", true],
  ["iam:PassRole", true],
  ["s3:GetObject", true],
  ["iam:CreateRole", false],
  ["iam:PutRolePolicy", false],
  ["iam:AttachRolePolicy", false],
  ["iam:UpdateAssumeRolePolicy", false],
  ["iam:DeleteRolePermissionsBoundary", false],
  ["iam:PutRolePermissionsBoundary", false],
  ["iam:CreatePolicyVersion", false],
  ["iam:DeletePolicy", false],
  ["iam:CreateAccessKey", false],
  ["iam:DeleteRole", false],
  ["iam:DeleteUser", false],
  ["iam:TagRole", false],
  ["iam:UntagUser", false],
  ["organizations:LeaveOrganization", false],
])("the boundary of nodes and pods: %s %s", (action, allowed) => {
  expect(allows(boundaryStatements(), action, "*", {})).toBe(allowed);
});
