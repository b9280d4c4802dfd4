import { type AwsAccount, arn, iamArn, partitionOf } from "../core/account";
import type { Statement } from "../core/policy-document";
import { stateStatements } from "../state/state-access";
import type { StateLocation } from "../state/state-location";
import type { ContractPodRoles, PlatformContract } from "./contract";

/**
 * The tag that says whose an association or a role of pods is. Every association that is not the team's must have it, with another value; no role
 * of the team may have another's.
 */
const TEAM_TAG = "Team";

/**
 * What a team's deploy role may do in AWS: read the platform's two parameters, describe the cluster; make roles for its pods, if the contract
 * has `podRoles`; keep its states, if it has `state`. What it may do in the cluster is said by RBAC.
 *
 * Roles stand under the team's path, carry its boundary and nobody else's tag `Team`, and are passed to EKS Pod Identity alone. The boundary holds what they may do. It
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
function roleStatements({ account, team }: PlatformContract, podRoles: ContractPodRoles): Statement[] {
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
    // Policies elsewhere may let in whom the tag names: `aws:PrincipalTag/Team`.
    {
      Sid: "NoOtherTeam",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:TagRole"],
      Resource: "*",
      Condition: {
        Null: { [`aws:RequestTag/${TEAM_TAG}`]: "false" },
        StringNotEquals: { [`aws:RequestTag/${TEAM_TAG}`]: team },
      },
    },
    // Names of IAM's tags are the same in capital and small letters.
    {
      Sid: "TeamStays",
      Effect: "Deny",
      Action: "iam:UntagRole",
      Resource: "*",
      Condition: { "ForAnyValue:StringEqualsIgnoreCase": { "aws:TagKeys": TEAM_TAG } },
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

/** Names of the statements that `podBoundary` adds. */
export const PLATFORM_SIDS: readonly string[] = ["NothingOfThePlatform", "NoKeyOfStates", "NoTagOfOthers"];

/**
 * The boundary of the roles of a team's pods: what was given, and never the platform's states, their copies, locks and
 * keys, and the parameters of contracts; and nothing as another team: who assumes a role may bring tags, which count as the role's. Whoever may read all parameters below a path gets those that are denied, too: paths above are denied with them.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function podBoundary(
  podStatements: readonly Statement[],
  account: AwsAccount,
  state: StateLocation,
  team: string,
): Statement[] {
  const [nothing, noKey, noTag] = PLATFORM_SIDS;
  const tag = `aws:PrincipalTag/${TEAM_TAG}`;
  const table = arn(state.account, "dynamodb", `table/${state.lockTableName}`);
  const buckets = [state.bucketName, state.replicaBucketName].map(
    (name) => `arn:${partitionOf(state.account.region)}:s3:::${name}`,
  );
  const parameters = ["", "eks-platform", "eks-platform/*"].map(
    (name) => `arn:${partitionOf(account.region)}:ssm:*:${account.accountId}:parameter/${name}`,
  );
  return [
    ...podStatements,
    {
      Sid: nothing,
      Effect: "Deny",
      Action: ["dynamodb:*", "s3:*", "ssm:*"],
      Resource: [...buckets, table].flatMap((each) => [each, `${each}/*`]).concat(parameters),
    },
    {
      Sid: noKey,
      Effect: "Deny",
      Action: "kms:*",
      Resource: "*",
      Condition: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": [`alias/${state.keyAlias}`, `alias/${state.keyAlias}-copy`],
        },
      },
    },
    {
      Sid: noTag,
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Null: { [tag]: "false" }, StringNotEquals: { [tag]: team } },
    },
  ];
}
