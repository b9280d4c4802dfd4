import { policyJson } from "../../../lib/core/policy-document";
import { boundaryStatements } from "../../../lib/iam/deploy-boundary";
import { allows } from "../../support/iam";

const account = {
  accountId: "444455556666",
  region: "eu-west-3",
  iamPath: "/eks-platform/",
  permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/platform-boundary",
};
const node = "arn:aws:iam::444455556666:role/eks-platform/dev-general-nodes";
const itself = "arn:aws:iam::444455556666:role/platform-deploy";

test("the policy fits into what IAM allows, with the longest path", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const longest = { ...account, iamPath: `/${"p".repeat(510)}/` };
  expect(policyJson(boundaryStatements(longest)).length).toBeLessThanOrEqual(6_144);
});

/** All that changes something in IAM: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const CHANGES =
  `AcceptDelegationRequest AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AssociateDelegationRequest
  AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey CreateAccountAlias CreateDelegationRequest CreateGroup
  CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider
  CreateServiceLinkedRole CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey
  DeleteAccountAlias DeleteAccountPasswordPolicy DeleteCloudFrontPublicKey DeleteGroup DeleteGroupPolicy DeleteInstanceProfile
  DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary
  DeleteRolePolicy DeleteSAMLProvider DeleteServerCertificate DeleteServiceLinkedRole DeleteServiceSpecificCredential
  DeleteSigningCertificate DeleteSSHPublicKey DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice
  DetachGroupPolicy DetachRolePolicy DetachUserPolicy DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
  DisableOutboundWebIdentityFederation EnableMFADevice EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions
  EnableOutboundWebIdentityFederation PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy
  RejectDelegationRequest RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup
  ResetServiceSpecificCredential ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion SetSecurityTokenServicePreferences
  SetSTSRegionalEndpointStatus TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole TagSAMLProvider
  TagServerCertificate TagUser UntagInstanceProfile UntagMFADevice UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider
  UntagServerCertificate UntagUser UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateCloudFrontPublicKey
  UpdateDelegationRequest UpdateGroup UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription
  UpdateSAMLProvider UpdateServerCertificate UpdateServiceSpecificCredential UpdateSigningCertificate UpdateSSHPublicKey UpdateUser
  UploadCloudFrontPublicKey UploadServerCertificate UploadSigningCertificate UploadSSHPublicKey`.split(/\s+/);

test("of all that changes something in IAM the boundary leaves what controllers of nodes need", () => {
  expect(CHANGES.filter((name) => allows(boundaryStatements(account), `iam:${name}`, "*"))).toEqual([
    "AddRoleToInstanceProfile",
    "CreateInstanceProfile",
    "CreateServiceLinkedRole",
    "DeleteInstanceProfile",
    "RemoveRoleFromInstanceProfile",
    "TagInstanceProfile",
    "UntagInstanceProfile",
  ]);
});

test.each([
  ["ec2:CreateNetworkInterface", true],
  ["elasticloadbalancing:CreateLoadBalancer", true],
  ["iam:GetRole", true],
  ["iam:ListRoles", true],
  ["s3:GetObject", true],
  ["sts:GetCallerIdentity", true],
  ["account:CloseAccount", false],
  ["identitystore:CreateUser", false],
  ["organizations:LeaveOrganization", false],
  ["rolesanywhere:CreateProfile", false],
  ["sso:CreateAccountAssignment", false],
  ["sso-directory:CreateUser", false],
  ["sts:AssumeRoot", false],
])("the boundary of nodes and pods: %s %s", (action, allowed) => {
  expect(allows(boundaryStatements(account), action, "*")).toBe(allowed);
});

const here = { "aws:ResourceAccount": "444455556666" };
const serviceLinked =
  "arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
const elsewhere = "arn:aws:iam::111122223333:role/state-dev";

test.each<[string, string, string, Record<string, string>, boolean]>([
  ["hand over another of them", "iam:PassRole", node, {}, true],
  ["hand over a service-linked role", "iam:PassRole", serviceLinked, {}, true],
  ["hand over the deploy role", "iam:PassRole", itself, {}, false],
  ["hand over a role of another account", "iam:PassRole", elsewhere, {}, false],
  ["assume another of them", "sts:AssumeRole", node, here, true],
  ["assume a role of another account", "sts:AssumeRole", elsewhere, { "aws:ResourceAccount": "111122223333" }, true],
  ["assume the deploy role", "sts:AssumeRole", itself, here, false],
  ["assume an administrator", "sts:AssumeRole", "arn:aws:iam::444455556666:role/Administrator", here, false],
])("within the boundary a role may %s: %s of %s", (_, action, resource, context, allowed) => {
  expect(allows(boundaryStatements(account), action, resource, context)).toBe(allowed);
});

const chosen = { "autoscaling:LaunchTemplateVersionSpecified": "true" };
const latest = { "autoscaling:LaunchTemplateVersionSpecified": "false" };
const ofStates = { "kms:ResourceAliases": "alias/eks-platform/tfstate" };

test.each<[string, string, Record<string, string>, boolean]>([
  ["make a group of a version of a template", "autoscaling:CreateAutoScalingGroup", chosen, true],
  ["make a group that takes later versions", "autoscaling:CreateAutoScalingGroup", latest, false],
  ["have a group take later versions", "autoscaling:UpdateAutoScalingGroup", latest, false],
  ["change the size of a group", "autoscaling:SetDesiredCapacity", {}, true],
  ["hand over a key", "kms:CreateGrant", {}, true],
  ["read states with their key, as teams do", "kms:Decrypt", ofStates, true],
  ["hand over the key of states", "kms:CreateGrant", ofStates, false],
  ["change the policy of the key of states", "kms:PutKeyPolicy", ofStates, false],
  ["delete the key of states", "kms:ScheduleKeyDeletion", ofStates, false],
])("within the boundary a role may %s: %s", (_, action, context, allowed) => {
  expect(allows(boundaryStatements(account), action, "*", context)).toBe(allowed);
});
