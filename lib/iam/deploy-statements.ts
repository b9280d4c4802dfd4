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

const READ_KEYS = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"];

const ALIASES = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];

/**
 * Whoever has these can give himself all the rest of a key: they hold for the keys of environments. EKS takes a grant in the caller's name, and
 * `kms:GrantIsForAWSResource` does not hold then.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
 */
const KEYS = [
  "kms:CreateGrant",
  "kms:DeleteAlias",
  "kms:DisableKeyRotation",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * What follows within seconds after a key is made, when its tags may not count yet: they may take five minutes to. It gives nobody a right, and
 * so may be done to keys without the tag. A grant does, and comes with the cluster or the repository.
 */
const KEYS_JUST_MADE = ["kms:CreateAlias", "kms:EnableKeyRotation"];

/** What every key of an environment carries from its first moment. */
const KEY_TAG = { name: "ManagedBy", value: "terraform" };

/** Whoever may administer keys, never those of states. */
export const KEYS_OF_STATES_STAY = {
  Sid: "KeysOfStatesStay",
  Effect: "Deny",
  Action: [...KEYS, ...KEYS_JUST_MADE, "kms:DisableKey", "kms:TagResource"],
  Resource: "*",
  Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/*/tfstate", "alias/*/tfstate-copy"] } },
} as const satisfies Statement;

/** Of clusters and of flow logs. What calls itself by one can end in `:*`. */
const LOG_GROUP_NAMES = ["/aws/eks/*/cluster*", "/aws/vpc/*/flow-logs*"];

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
 * change the boundary or itself: neither is under that path. It changes keys that have the tag `ManagedBy` of environments, and no key of states;
 * one without the tag it can tag first, because AWS cannot tell it from a new one.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/using-service-linked-roles.html
 */
export function deployStatements(account: BoundedAccount): Statement[] {
  const roles = iamArn(account, `role${account.iamPath}*`);
  const serviceLinked = iamArn(account, "role/aws-service-role/*");
  const inRegion = { StringEquals: { "aws:RequestedRegion": account.region } };
  const keys = arn(account, "kms", "key/*");
  const requested = { [`aws:RequestTag/${KEY_TAG.name}`]: KEY_TAG.value };
  const present = { [`aws:ResourceTag/${KEY_TAG.name}`]: KEY_TAG.value };
  return [
    { Sid: "Region", Effect: "Allow", Action: [...NETWORK, "eks:*"], Resource: "*", Condition: inRegion },
    { Sid: "KeysAndLogs", Effect: "Allow", Action: ANY_KEY_OR_GROUP, Resource: "*", Condition: inRegion },
    { Sid: "AnyRegion", Effect: "Allow", Action: ANY_REGION, Resource: "*" },
    {
      Sid: "MakeKeys",
      Effect: "Allow",
      Action: "kms:CreateKey",
      Resource: "*",
      Condition: { StringEquals: { ...inRegion.StringEquals, ...requested } },
    },
    // A new key has neither a tag yet, nor a name, nor an ARN to tell here. A key of others mostly has one, and is not taken over by a tag.
    {
      Sid: "TagNewKeys",
      Effect: "Allow",
      Action: "kms:TagResource",
      Resource: "*",
      Condition: {
        StringEquals: { ...inRegion.StringEquals, ...requested },
        Null: { [`aws:ResourceTag/${KEY_TAG.name}`]: "true", "kms:ResourceAliases": "true" },
      },
    },
    // A change names only the tags that change.
    {
      Sid: "TagKeys",
      Effect: "Allow",
      Action: "kms:TagResource",
      Resource: "*",
      Condition: { StringEquals: { ...inRegion.StringEquals, ...present }, StringEqualsIfExists: requested },
    },
    { Sid: "ReadKeys", Effect: "Allow", Action: READ_KEYS, Resource: keys },
    { Sid: "Keys", Effect: "Allow", Action: KEYS, Resource: keys, Condition: { StringEquals: present } },
    {
      Sid: "KeysJustMade",
      Effect: "Allow",
      Action: KEYS_JUST_MADE,
      Resource: keys,
      Condition: { StringEqualsIfExists: present },
    },
    // They have no tags. The key that one names, or named, needs to be allowed, too.
    { Sid: "Aliases", Effect: "Allow", Action: ALIASES, Resource: arn(account, "kms", "alias/*") },
    KEYS_OF_STATES_STAY,
    {
      Sid: "LogGroups",
      Effect: "Allow",
      Action: LOG_GROUPS,
      Resource: LOG_GROUP_NAMES.map((name) => arn(account, "logs", `log-group:${name}`)),
    },
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
    // EKS Auto Mode puts the role of its nodes into a profile, and may not have taken it out when the cluster is gone.
    {
      Sid: "LeaveProfiles",
      Effect: "Allow",
      Action: "iam:RemoveRoleFromInstanceProfile",
      Resource: iamArn(account, "instance-profile/eks*"),
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
