import { iamArn } from "../core/account";
import type { Statement } from "../core/policy-document";
import { type BoundedAccount, KEYS_OF_STATES_STAY } from "./deploy-statements";

/**
 * What no role of an environment may do, whatever its own policies say: make, change, tag or delete identities and policies. Of IAM stays open
 * what controllers of nodes need, EKS Auto Mode among them: instance profiles, service-linked roles, `iam:PassRole`; and all that only reads.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const IDENTITIES = [
  "account:*",
  "identitystore:*",
  "organizations:*",
  "rolesanywhere:*",
  "sso-directory:*",
  "sso:*",
  "sts:AssumeRoot",
  "iam:Accept*",
  "iam:AddClientID*",
  "iam:AddUser*",
  "iam:Associate*",
  "iam:Attach*",
  "iam:Change*",
  "iam:CreateAccessKey",
  "iam:CreateAccountAlias",
  "iam:CreateDelegationRequest",
  "iam:CreateGroup",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreatePolicy*",
  "iam:CreateRole",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateUser",
  "iam:CreateVirtualMFADevice",
  "iam:Deactivate*",
  "iam:Delete*Boundary",
  "iam:Delete*Key",
  "iam:Delete*Policy*",
  "iam:Delete*Provider",
  "iam:DeleteAccountAlias",
  "iam:DeleteGroup",
  "iam:DeleteLoginProfile",
  "iam:DeleteRole",
  "iam:DeleteServerCertificate",
  "iam:DeleteService*",
  "iam:DeleteSigningCertificate",
  "iam:DeleteUser",
  "iam:DeleteVirtualMFADevice",
  "iam:Detach*",
  "iam:Disable*",
  "iam:Enable*",
  "iam:Put*",
  "iam:Reject*",
  "iam:RemoveClientID*",
  "iam:RemoveUser*",
  "iam:Reset*",
  "iam:Resync*",
  "iam:Send*",
  "iam:Set*",
  "iam:Tag*Provider",
  "iam:TagMFADevice",
  "iam:TagPolicy",
  "iam:TagRole",
  "iam:TagServerCertificate",
  "iam:TagUser",
  "iam:Untag*Provider",
  "iam:UntagMFADevice",
  "iam:UntagPolicy",
  "iam:UntagRole",
  "iam:UntagServerCertificate",
  "iam:UntagUser",
  "iam:Update*",
  "iam:Upload*",
];

interface BoundaryStatement extends Omit<Statement, "Resource"> {
  readonly Resource?: string;
  readonly NotResource?: string | readonly string[];
}

/**
 * The boundary of every role that a deploy role makes: nodes, add-ons and pods. It limits, and gives nothing by itself. Of the account's own roles
 * they hand over and assume only each other; roles of other accounts are up to these. A group of instances that takes the latest version of a launch
 * template would take any role that a later version names, and nobody would be asked whether it may be handed over.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export function boundaryStatements(account: BoundedAccount): BoundaryStatement[] {
  const roles = iamArn(account, `role${account.iamPath}*`);
  return [
    { Sid: "AsFarAsTheRoleItself", Effect: "Allow", Action: "*", Resource: "*" },
    { Sid: "NoIdentities", Effect: "Deny", Action: IDENTITIES, Resource: "*" },
    {
      Sid: "HandOverTheirOwn",
      Effect: "Deny",
      Action: "iam:PassRole",
      NotResource: [roles, iamArn(account, "role/aws-service-role/*")],
    },
    {
      Sid: "NoLaterTemplates",
      Effect: "Deny",
      Action: ["autoscaling:CreateAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup"],
      Resource: "*",
      Condition: { Bool: { "autoscaling:LaunchTemplateVersionSpecified": "false" } },
    },
    KEYS_OF_STATES_STAY,
    {
      Sid: "AssumeTheirOwn",
      Effect: "Deny",
      Action: "sts:AssumeRole",
      NotResource: roles,
      Condition: { StringEquals: { "aws:ResourceAccount": account.accountId } },
    },
  ];
}
