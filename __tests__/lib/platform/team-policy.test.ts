import type { Statement } from "../../../lib/core/policy-document";
import { podBoundary, teamStatements } from "../../../lib/platform/team-policy";
import { account } from "../../support/account";
import { allows } from "../../support/iam";
import { smallContract, state, wholeContract } from "../../support/team-contract";

const BOUNDARY = "arn:aws:iam::111122223333:policy/staging-genomics-pods";
const OWN_ROLES = "arn:aws:iam::111122223333:role/eks-platform/staging/genomics/*";
const ASSOCIATIONS = "arn:aws:eks:eu-west-3:111122223333:podidentityassociation/staging-1/*";
const CLUSTER = "arn:aws:eks:eu-west-3:111122223333:cluster/staging-1";

const reading: readonly Statement[] = [
  {
    Sid: "ReadPlatform",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: [
      "arn:aws:ssm:eu-west-3:111122223333:parameter/eks-platform/staging/genomics/contract",
      "arn:aws:ssm:eu-west-3:111122223333:parameter/eks-platform/staging/live",
    ],
  },
  { Sid: "DescribeCluster", Effect: "Allow", Action: "eks:DescribeCluster", Resource: CLUSTER },
];

const all = teamStatements(wholeContract, state);

function bySid(sid: string): Statement | undefined {
  return all.find(({ Sid }) => Sid === sid);
}

function actions({ Action }: Statement): readonly string[] {
  return [Action].flat();
}

test("a team without roles of pods and without state reads the platform's parameters and the cluster, no more", () => {
  expect(teamStatements(smallContract, state)).toEqual(reading);
});

test("each statement has a name of its own, and none is lost", () => {
  expect(all.map(({ Sid }) => Sid)).toEqual([
    "ReadPlatform",
    "DescribeCluster",
    "MakePodRoles",
    "ChangePodRoles",
    "PassPodRoles",
    "BoundaryStays",
    "NoOtherBoundary",
    "BoundaryUnchanged",
    "NoOtherTeam",
    "TeamStays",
    "Associate",
    "SeeAssociations",
    "ChangeAssociations",
    "TagAssociations",
    "StateList",
    "StateObjects",
    "StateLockFiles",
    "StateKey",
  ]);
});

test("no action is a pattern, and what is allowed on all of something is allowed on the team's own", () => {
  const allowed = all.filter(({ Effect }) => Effect === "Allow");
  expect(allowed.flatMap(actions).filter((action) => action.includes("*"))).toEqual([]);
  const patterns = allowed.flatMap(({ Resource = [] }) => [Resource].flat()).filter((each) => each.includes("*"));
  const bucket = "arn:aws:s3:::eks-platform-tfstate-111122223333-eu-west-3";
  expect([...new Set(patterns)]).toEqual([
    OWN_ROLES,
    ASSOCIATIONS,
    `${bucket}/teams/genomics/staging/*`,
    `${bucket}/teams/genomics/staging/*.tflock`,
    "arn:aws:kms:eu-west-3:111122223333:key/*", // held by the alias: state-access.test
  ]);
});

test("roles are made and given policies only within the boundary, and only below the team's path", () => {
  expect(bySid("MakePodRoles")).toEqual({
    Sid: "MakePodRoles",
    Effect: "Allow",
    Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
    Resource: OWN_ROLES,
    Condition: { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } },
  });
  // IAM has no such condition for the others; none of them gives a role more than it has.
  expect(actions(bySid("ChangePodRoles") ?? { Effect: "Allow", Action: [] })).toEqual([
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
  ]);
  expect(bySid("ChangePodRoles")?.Resource).toBe(OWN_ROLES);
});

test("roles are passed to pods and to nothing else", () => {
  expect(bySid("PassPodRoles")).toEqual({
    Sid: "PassPodRoles",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: OWN_ROLES,
    Condition: { StringEquals: { "iam:PassedToService": "pods.eks.amazonaws.com" } },
  });
});

test("boundary and tag are denied to be removed, replaced or changed, whatever else the role is given", () => {
  expect(all.filter(({ Effect }) => Effect === "Deny")).toEqual([
    { Sid: "BoundaryStays", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    {
      Sid: "NoOtherBoundary",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": BOUNDARY } },
    },
    {
      Sid: "BoundaryUnchanged",
      Effect: "Deny",
      Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"],
      Resource: BOUNDARY,
    },
    {
      Sid: "NoOtherTeam",
      Effect: "Deny",
      Action: ["iam:CreateRole", "iam:TagRole"],
      Resource: "*",
      Condition: {
        Null: { "aws:RequestTag/Team": "false" },
        StringNotEquals: { "aws:RequestTag/Team": "genomics" },
      },
    },
    {
      Sid: "TeamStays",
      Effect: "Deny",
      Action: "iam:UntagRole",
      Resource: "*",
      Condition: { "ForAnyValue:StringEqualsIgnoreCase": { "aws:TagKeys": "Team" } },
    },
  ]);
});

const ownRole = OWN_ROLES.replace("*", "staging-genomics-api");
const bounded = { "iam:PermissionsBoundary": BOUNDARY };

test.each<[string, string, Record<string, string>, boolean]>([
  ["made with its own", "iam:CreateRole", { ...bounded, "aws:RequestTag/Team": "genomics" }, true],
  ["made without", "iam:CreateRole", bounded, true],
  ["made with another's", "iam:CreateRole", { ...bounded, "aws:RequestTag/Team": "imaging" }, false],
  ["given its own", "iam:TagRole", { "aws:RequestTag/Team": "genomics" }, true],
  ["given another tag", "iam:TagRole", { "aws:RequestTag/CostCenter": "4711" }, true],
  ["given another's", "iam:TagRole", { "aws:RequestTag/Team": "imaging" }, false],
  ["robbed of another tag", "iam:UntagRole", { "aws:TagKeys": "CostCenter" }, true],
  ["robbed of it", "iam:UntagRole", { "aws:TagKeys": "Team" }, false],
  ["robbed of it in small letters", "iam:UntagRole", { "aws:TagKeys": "team" }, false],
])("the tag of the team: a role %s by %s", (_, action, context, allowed) => {
  expect(allows(all, action, ownRole, context)).toBe(allowed);
});

const store = "arn:aws:s3:::eks-platform-tfstate-111122223333-eu-west-3";
const copies = "arn:aws:s3:::eks-platform-tfstate-copy-111122223333-eu-west-3";
const locks = "arn:aws:dynamodb:eu-west-3:111122223333:table/eks-platform-tfstate-locks";
const parameters = "arn:aws:ssm:*:111122223333:parameter";

test("the boundary of pods has what was given, and denies what is the platform's", () => {
  const given: Statement[] = [{ Effect: "Allow", Action: ["s3:*", "ssm:*", "kms:*", "dynamodb:*"], Resource: "*" }];
  expect(podBoundary(given, account, state, "genomics")).toEqual([
    ...given,
    {
      Sid: "NothingOfThePlatform",
      Effect: "Deny",
      Action: ["dynamodb:*", "s3:*", "ssm:*"],
      Resource: [
        ...[store, `${store}/*`, copies, `${copies}/*`, locks, `${locks}/*`],
        ...[`${parameters}/`, `${parameters}/eks-platform`, `${parameters}/eks-platform/*`],
      ],
    },
    {
      Sid: "NoKeyOfStates",
      Effect: "Deny",
      Action: "kms:*",
      Resource: "*",
      Condition: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": ["alias/eks-platform/tfstate", "alias/eks-platform/tfstate-copy"],
        },
      },
    },
    {
      Sid: "NoTagOfOthers",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: {
        Null: { "aws:PrincipalTag/Team": "false" },
        StringNotEquals: { "aws:PrincipalTag/Team": "genomics" },
      },
    },
  ]);
});

test.each<[string, Record<string, string>, boolean]>([
  ["without a tag", {}, true],
  ["with its team's tag", { "aws:PrincipalTag/Team": "genomics" }, true],
  ["with another team's, brought by who assumes its role", { "aws:PrincipalTag/Team": "imaging" }, false],
])("a pod %s", (_, context, allowed) => {
  const bound = podBoundary([{ Effect: "Allow", Action: "s3:*", Resource: "*" }], account, state, "genomics");
  expect(allows(bound, "s3:GetObject", "arn:aws:s3:::imaging/object", context)).toBe(allowed);
});

test("the boundary of pods names each account's own partition", () => {
  const china = { accountId: "444455556666", region: "cn-north-1" };
  const [, denied] = podBoundary([{ Effect: "Allow", Action: "s3:*", Resource: "*" }], china, state, "genomics");
  expect(denied?.Resource).toEqual([
    ...[store, `${store}/*`, copies, `${copies}/*`, locks, `${locks}/*`],
    "arn:aws-cn:ssm:*:444455556666:parameter/",
    "arn:aws-cn:ssm:*:444455556666:parameter/eks-platform",
    "arn:aws-cn:ssm:*:444455556666:parameter/eks-platform/*",
  ]);
});

test("associations are made with the team's tag, and only those that have it are changed", () => {
  expect(all.filter(({ Sid }) => Sid?.includes("ssociat"))).toEqual([
    {
      Sid: "Associate",
      Effect: "Allow",
      Action: "eks:CreatePodIdentityAssociation",
      Resource: CLUSTER,
      Condition: { StringEquals: { "aws:RequestTag/Team": "genomics" } },
    },
    { Sid: "SeeAssociations", Effect: "Allow", Action: "eks:DescribePodIdentityAssociation", Resource: ASSOCIATIONS },
    {
      Sid: "ChangeAssociations",
      Effect: "Allow",
      Action: ["eks:DeletePodIdentityAssociation", "eks:UntagResource", "eks:UpdatePodIdentityAssociation"],
      Resource: ASSOCIATIONS,
      Condition: { StringEquals: { "aws:ResourceTag/Team": "genomics" } },
    },
    {
      Sid: "TagAssociations",
      Effect: "Allow",
      Action: "eks:TagResource",
      Resource: ASSOCIATIONS,
      Condition: {
        StringEqualsIfExists: { "aws:RequestTag/Team": "genomics", "aws:ResourceTag/Team": "genomics" },
      },
    },
  ]);
});

test("states lie below the team's prefix, and are locked by files", () => {
  expect(bySid("StateObjects")?.Resource).toEqual([
    "arn:aws:s3:::eks-platform-tfstate-111122223333-eu-west-3/teams/genomics/staging/*",
  ]);
  expect(JSON.stringify(all)).not.toContain("dynamodb");
});
