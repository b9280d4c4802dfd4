import { type AwsAccount, arn, iamArn } from "../core/account";
import type { Statement } from "../core/policy-document";
import { SERVICE_LINKED_ROLE_SERVICES } from "./service-linked-roles";

/** An account whose environments make roles under a path and a boundary of their own. */
export type BoundedAccount = AwsAccount & Required<Pick<AwsAccount, "iamPath" | "permissionsBoundaryArn">>;

/** A network, and what EKS looks for in the caller when it starts nodes from a launch template: `ec2:RunInstances`. */
const NETWORK = [
  "ec2:Describe*",
  "ec2:CreateTags",
  "ec2:DeleteTags",
  "ec2:CreateVpc",
  "ec2:DeleteVpc",
  "ec2:ModifyVpcAttribute",
  "ec2:AssociateVpcCidrBlock",
  "ec2:DisassociateVpcCidrBlock",
  "ec2:CreateSubnet",
  "ec2:DeleteSubnet",
  "ec2:ModifySubnetAttribute",
  "ec2:CreateRoute",
  "ec2:DeleteRoute",
  "ec2:ReplaceRoute",
  "ec2:*RouteTable",
  "ec2:ReplaceRouteTableAssociation",
  "ec2:*InternetGateway",
  "ec2:CreateNatGateway",
  "ec2:DeleteNatGateway",
  "ec2:AllocateAddress",
  "ec2:ReleaseAddress",
  "ec2:DisassociateAddress",
  "ec2:CreateVpcEndpoint",
  "ec2:ModifyVpcEndpoint",
  "ec2:DeleteVpcEndpoints",
  "ec2:CreateSecurityGroup",
  "ec2:DeleteSecurityGroup",
  "ec2:AuthorizeSecurityGroup*",
  "ec2:RevokeSecurityGroup*",
  "ec2:ModifySecurityGroupRules",
  "ec2:UpdateSecurityGroupRuleDescriptions*",
  "ec2:CreateFlowLogs",
  "ec2:DeleteFlowLogs",
  "ec2:CreateLaunchTemplate*",
  "ec2:ModifyLaunchTemplate",
  "ec2:DeleteLaunchTemplate*",
  "ec2:RunInstances",
];

const ANY_KEY_OR_GROUP = [
  "kms:CreateKey",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:DescribeLogGroups",
  "logs:CreateLogDelivery",
  "logs:GetLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:ListLogDeliveries",
  "ssm:DescribeParameters",
];

/** Names of interface endpoints, and charts, whose registry may be in another region. */
const ANY_REGION = [
  "route53:AssociateVPCWithHostedZone",
  "ecr:GetAuthorizationToken",
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
];

/** Keys are made and handed to EKS, but nothing is read with them. */
const KEYS = [
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:PutKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:EnableKeyRotation",
  "kms:DisableKeyRotation",
  "kms:UpdateKeyDescription",
  "kms:ScheduleKeyDeletion",
  "kms:ListResourceTags",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:CreateAlias",
  "kms:UpdateAlias",
  "kms:DeleteAlias",
  "kms:CreateGrant",
];

const LOG_GROUPS = [
  "logs:CreateLogGroup",
  "logs:DeleteLogGroup",
  "logs:PutRetentionPolicy",
  "logs:DeleteRetentionPolicy",
  "logs:AssociateKmsKey",
  "logs:DisassociateKmsKey",
  "logs:ListTagsForResource",
  "logs:TagResource",
  "logs:UntagResource",
];

const PARAMETERS = [
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:PutParameter",
  "ssm:DeleteParameter",
  "ssm:ListTagsForResource",
  "ssm:AddTagsToResource",
  "ssm:RemoveTagsFromResource",
];

/** Actions that know the boundary of the role that they are about. */
const BOUNDED = [
  "iam:CreateRole",
  "iam:PutRolePolicy",
  "iam:DeleteRolePolicy",
  "iam:AttachRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
];

const ROLES = [
  "iam:Get*",
  "iam:List*",
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateRole*",
  "iam:UpdateAssumeRolePolicy",
];

/** Services that run with a role of an environment. */
const PASSED_TO = ["ec2", "eks", "pods.eks", "vpc-flow-logs"].map((name) => `${name}.amazonaws.com`);

/**
 * What a deploy role needs for environments in its account and region. It makes roles under `iamPath` and with the boundary only, and cannot
 * change the boundary or itself: neither is under that path.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/using-service-linked-roles.html
 */
export function deployStatements(account: BoundedAccount): Statement[] {
  const roles = iamArn(account, `role${account.iamPath}*`);
  const serviceLinked = iamArn(account, "role/aws-service-role/*");
  const inRegion = { StringEquals: { "aws:RequestedRegion": account.region } };
  const keys = [arn(account, "kms", "key/*"), arn(account, "kms", "alias/*")];
  return [
    { Sid: "Region", Effect: "Allow", Action: [...NETWORK, "eks:*"], Resource: "*", Condition: inRegion },
    { Sid: "KeysAndLogs", Effect: "Allow", Action: ANY_KEY_OR_GROUP, Resource: "*", Condition: inRegion },
    { Sid: "AnyRegion", Effect: "Allow", Action: ANY_REGION, Resource: "*" },
    { Sid: "Keys", Effect: "Allow", Action: KEYS, Resource: keys },
    { Sid: "LogGroups", Effect: "Allow", Action: LOG_GROUPS, Resource: arn(account, "logs", "log-group:*") },
    {
      Sid: "Contracts",
      Effect: "Allow",
      Action: PARAMETERS,
      Resource: arn(account, "ssm", "parameter/eks-platform/*"),
    },
    {
      Sid: "BoundedRoles",
      Effect: "Allow",
      Action: BOUNDED,
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": account.permissionsBoundaryArn } },
    },
    { Sid: "Roles", Effect: "Allow", Action: ROLES, Resource: roles },
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": PASSED_TO } },
    },
    { Sid: "ReadServiceLinkedRoles", Effect: "Allow", Action: "iam:GetRole", Resource: serviceLinked },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: serviceLinked,
      Condition: {
        StringEquals: { "iam:AWSServiceName": [...SERVICE_LINKED_ROLE_SERVICES, "ec2-nat-gateway.amazonaws.com"] },
      },
    },
  ];
}

/**
 * What no role of an environment may do, whatever its own policies say: make, change, tag or delete identities and policies. What stays open
 * is what controllers of nodes need, EKS Auto Mode among them: instance profiles, and `iam:PassRole`, which is up to each role's own policies.
 */
const IDENTITIES = [
  "account:*",
  "organizations:*",
  "iam:AddUserToGroup",
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:Attach*",
  "iam:CreateAccessKey",
  "iam:CreateGroup",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreatePolicy*",
  "iam:CreateRole",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateUser",
  "iam:Delete*Boundary",
  "iam:Delete*Policy*",
  "iam:DeleteAccessKey",
  "iam:DeleteGroup",
  "iam:DeleteLoginProfile",
  "iam:DeleteOpenIDConnectProvider",
  "iam:DeleteRole",
  "iam:DeleteSAMLProvider",
  "iam:DeleteUser",
  "iam:Detach*",
  "iam:Put*",
  "iam:Set*",
  "iam:TagRole",
  "iam:TagUser",
  "iam:UntagRole",
  "iam:UntagUser",
  "iam:Update*",
  "iam:Upload*",
];

/** The boundary of every role that a deploy role makes: nodes, add-ons and pods. It limits, and gives nothing by itself. */
export function boundaryStatements(): Statement[] {
  return [
    { Sid: "AsFarAsTheRoleItself", Effect: "Allow", Action: "*", Resource: "*" },
    { Sid: "NoIdentities", Effect: "Deny", Action: IDENTITIES, Resource: "*" },
  ];
}
