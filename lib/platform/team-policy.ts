import { arn, iamArn } from "../core/account";
import type { Statement } from "../core/policy-document";
import { stateStatements } from "../state/state-access";
import type { StateLocation } from "../state/state-location";
import type { ContractPodRoles, PlatformContract } from "./contract";

/** The tag that says whose an association is: every one that is not the team's must have it, with another value. */
const TEAM_TAG = "Team";

/**
 * What a team's deploy role may do in AWS: read the platform's two parameters, describe the cluster; make roles for its pods, if the contract
 * has `podRoles`; keep its states, if it has `state`. What it may do in the cluster is said by RBAC.
 *
 * Roles stand under the team's path and carry its boundary, and are passed to EKS Pod Identity alone. The boundary holds what they may do. It
 * does not hold who may assume them: no condition of IAM looks into a trust policy. Nor does a path make a name one's own: a role has its name
 * in the whole account, so the team could take the name of a role that is still to be made, and whoever makes that one is refused.
 *
 * No condition looks at the namespace of a Pod Identity association either. The team could thus give a role of its own, within its boundary,
 * to a service account of another namespace that has none. It cannot pass anybody else's role, and cannot change or delete an association
 * whose tag `Team` names somebody else. One without that tag, made by hand or by a platform that sets none, it can tag as its own, and then
 * change or delete: AWS cannot tell it from a new one.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
export function teamStatements(contract: PlatformContract, state: StateLocation): Statement[] {
  const { account, cluster, identity, parameters } = contract;
  return [
    {
      Sid: "ReadPlatform",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: [parameters.contract, parameters.live].map((name) => arn(account, "ssm", `parameter${name}`)),
    },
    {
      Sid: "DescribeCluster",
      Effect: "Allow",
      Action: "eks:DescribeCluster",
      Resource: arn(account, "eks", `cluster/${cluster.clusterName}`),
    },
    ...(identity.podRoles ? [...roleStatements(contract, identity.podRoles), ...associationStatements(contract)] : []),
    ...(contract.state ? stateStatements(state, { keys: [contract.state.keyPrefix], locking: "s3" }) : []),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function roleStatements({ account }: PlatformContract, podRoles: ContractPodRoles): Statement[] {
  const own = iamArn(account, `role${podRoles.iamPath}*`);
  const boundary = { "iam:PermissionsBoundary": podRoles.permissionsBoundaryArn };
  return [
    {
      Sid: "MakePodRoles",
      Effect: "Allow",
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
      Resource: own,
      Condition: { StringEquals: boundary },
    },
    {
      Sid: "ChangePodRoles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: own,
    },
    {
      Sid: "PassPodRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: own,
      Condition: { StringEquals: { "iam:PassedToService": "pods.eks.amazonaws.com" } },
    },
    // Whatever else the role is given one day, the boundary stays.
    { Sid: "BoundaryStays", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    {
      Sid: "NoOtherBoundary",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      Resource: "*",
      Condition: { StringNotEquals: boundary },
    },
    {
      Sid: "BoundaryUnchanged",
      Effect: "Deny",
      Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
      Resource: podRoles.permissionsBoundaryArn,
    },
  ];
}

function associationStatements({ account, cluster, team }: PlatformContract): Statement[] {
  const associations = arn(account, "eks", `podidentityassociation/${cluster.clusterName}/*`);
  const requested = { [`aws:RequestTag/${TEAM_TAG}`]: team };
  const present = { [`aws:ResourceTag/${TEAM_TAG}`]: team };
  return [
    {
      Sid: "Associate",
      Effect: "Allow",
      Action: "eks:CreatePodIdentityAssociation",
      Resource: arn(account, "eks", `cluster/${cluster.clusterName}`),
      Condition: { StringEquals: requested },
    },
    // Without a condition: of one that is gone there is no tag, and Terraform must be told that it is gone.
    { Sid: "SeeAssociations", Effect: "Allow", Action: "eks:DescribePodIdentityAssociation", Resource: associations },
    {
      Sid: "ChangeAssociations",
      Effect: "Allow",
      Action: ["eks:DeletePodIdentityAssociation", "eks:UntagResource", "eks:UpdatePodIdentityAssociation"],
      Resource: associations,
      Condition: { StringEquals: present },
    },
    // A new one has no tag yet, and neither has one made without; a change names only the tags that change. Another team's tag stays.
    {
      Sid: "TagAssociations",
      Effect: "Allow",
      Action: "eks:TagResource",
      Resource: associations,
      Condition: { StringEqualsIfExists: { ...requested, ...present } },
    },
  ];
}
