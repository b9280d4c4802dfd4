import type { Statement } from "../../../lib/core/policy-document";
import { TeamAccess, type TeamAccessProps } from "../../../lib/platform/team-access";
import { podBoundary, teamStatements } from "../../../lib/platform/team-policy";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { smallContract, state, wholeContract } from "../../support/team-contract";
import { aToken } from "../../support/tokens";

const pipeline = "arn:aws:iam::111122223333:role/GenomicsPipeline";
const read: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reference/*" };

const minimal: TeamAccessProps = { contract: smallContract, account, state, trustedPrincipals: [pipeline] };
const maximal: TeamAccessProps = { ...minimal, contract: wholeContract, podStatements: [read] };

function accessWith(props: TeamAccessProps): Synthesized {
  return synthesizeWith((scope) => {
    new TeamAccess(scope, "Access", props);
  });
}

function fault(props: Partial<TeamAccessProps>): string {
  return messageOf(() => new TeamAccess(testStack(), "Access", { ...minimal, ...props }));
}

test("minimal: a role that one principal may assume for an hour, and that reads", () => {
  const stack = accessWith(minimal);
  const { assume_role_policy: _, ...rest } = stack.only("aws_iam_role");
  expect(rest).toEqual({
    name: "staging-genomics-deploy",
    description: "Terraform of genomics in staging",
    path: "/",
  });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: [pipeline] }, Action: "sts:AssumeRole" }],
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: teamStatements(smallContract, state),
  });
  expect(stack.census).toEqual({
    aws_iam_role: 1, // deploys
    aws_iam_role_policy: 1, // what it may do
  });
});

test("maximal: under the account's path, trusted by several, with a bound for pods", () => {
  const iamPath = "/platform/";
  const users = ["arn:aws:iam::444455556666:role/ci/Pipeline", "arn:aws:iam::111122223333:user/ana"];
  const stack = accessWith({
    ...maximal,
    account: { ...account, iamPath },
    trustedPrincipals: users,
    contract: {
      ...wholeContract,
      identity: {
        networkPolicies: true,
        deployRoleArn: "arn:aws:iam::111122223333:role/platform/staging-genomics-deploy",
        podRoles: {
          iamPath: "/platform/eks-platform/staging/genomics/",
          permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/platform/staging-genomics-pods",
        },
      },
    },
  });
  expect(stack.only("aws_iam_role")).toMatchObject({ path: "/platform/", name: "staging-genomics-deploy" });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toMatchObject({
    Statement: [{ Principal: { AWS: users } }],
  });
  const { policy: _, ...boundary } = stack.only("aws_iam_policy");
  expect(boundary).toEqual({
    name: "staging-genomics-pods",
    path: "/platform/",
    description: "The most that pods of genomics in staging may do in AWS",
  });
  expect(parsed(stack.only("aws_iam_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: podBoundary([read], account, state, "genomics"),
  });
  expect(stack.census).toEqual({
    aws_iam_policy: 1, // bounds roles of pods
    aws_iam_role: 1, // deploys
    aws_iam_role_policy: 1, // what it may do
  });
});

test("the deploy role stands under the account's boundary, where its pods have no roles", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary";
  const stack = accessWith({ ...minimal, account: { ...account, permissionsBoundaryArn } });
  expect(stack.only("aws_iam_role")).toMatchObject({ permissions_boundary: permissionsBoundaryArn });
});

test("its ARN is known at synth", () => {
  const access = new TeamAccess(testStack(), "Access", maximal);
  expect(access.deployRoleArn).toBe("arn:aws:iam::111122223333:role/staging-genomics-deploy");
});

const large = Array.from({ length: 100 }, (_, index) => ({ ...read, Sid: `Read${index}` }));

test("a bound whose resources are known only at apply is not counted", () => {
  const Resource = `${aToken()}/*`;
  expect(() => accessWith({ ...maximal, podStatements: large.map((each) => ({ ...each, Resource })) })).not.toThrow();
});

test.each<[string, Partial<TeamAccessProps>, string]>([
  [
    "nobody who may assume it",
    { trustedPrincipals: [] },
    "'trustedPrincipals' must name at least one IAM role or user, got [] at test/Access",
  ],
  ...["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/*", "*", "pods.eks.amazonaws.com"].map(
    (principal): [string, Partial<TeamAccessProps>, string] => [
      `the principal ${principal}`,
      { trustedPrincipals: [principal] },
      `'trustedPrincipals' must be ARNs of IAM roles or users, got "${principal}" at test/Access; not an account, a session or a pattern`,
    ],
  ),
  [
    "a session as principal",
    { trustedPrincipals: ["arn:aws:sts::111122223333:assumed-role/GenomicsPipeline/job"] },
    `'trustedPrincipals' must be ARNs of IAM roles or users, got "arn:aws:sts::111122223333:assumed-role/GenomicsPipeline/job" at test/Access; not an account, a session or a pattern`,
  ],
  [
    "a principal twice",
    { trustedPrincipals: [pipeline, pipeline] },
    `'trustedPrincipals' must not repeat a value, got "${pipeline}" at test/Access; remove the second one`,
  ],
  [
    "a bound that allows nothing",
    { contract: wholeContract, podStatements: [{ Effect: "Deny", Action: ["*"], Resource: "*" }] },
    "'podStatements' must allow something at test/Access; leave it out if the team's pods need no roles in AWS",
  ],
  [
    "a bound that is that of a bucket",
    { contract: wholeContract, podStatements: [read, { Effect: "Deny", Action: "s3:GetObject", Principal: "*" }] },
    `'podStatements[1].Principal' must not be set: the role that has the policy is its principal at test/Access
'podStatements[1].Resource' must be given at test/Access`,
  ],
  [
    "a bound with a statement that is none",
    { contract: wholeContract, podStatements: [read, undefined] as unknown as TeamAccessProps["podStatements"] },
    "'podStatements[1]' must be a statement, got null at test/Access",
  ],
  [
    "a bound that is no list",
    { contract: wholeContract, podStatements: {} as unknown as TeamAccessProps["podStatements"] },
    "'podStatements' must be a list of statements, got {} at test/Access",
  ],
  [
    "a bound with a statement that IAM refuses",
    {
      contract: wholeContract,
      podStatements: [
        { Sid: "a b!", Effect: "Allow", Action: "s3:GetObject", Resource: [] },
        { Effect: "allow" as "Allow", Action: "s3:GetObject", Resource: "*" },
      ],
    },
    `'podStatements[0].Sid' must be letters and digits, got "a b!" at test/Access
'podStatements[0].Resource' must be text or a list of texts, none empty, got [] at test/Access
'podStatements[1].Effect' must be one of "Allow", "Deny", got "allow" at test/Access`,
  ],
  [
    "a bound that IAM refuses as a whole",
    {
      contract: wholeContract,
      podStatements: [
        { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::reference/*" },
        { Sid: "Read", Effect: "Deny", Action: "s3:PutObject", Resource: ["reference", "*"] },
        { Sid: "NoKeyOfStates", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
      ],
    },
    `'podStatements[0].Resource' must be "*" or begin with "arn:aws:", got "arn:aws-cn:s3:::reference/*" at test/Access
'podStatements[1].Sid' must not be that of another statement of the boundary, got "Read" at test/Access
'podStatements[1].Resource' must be "*" or begin with "arn:aws:", got "reference" at test/Access
'podStatements[2].Sid' must not be that of another statement of the boundary, got "NoKeyOfStates" at test/Access`,
  ],
  [
    "a bound beyond the limit of IAM",
    { contract: wholeContract, podStatements: large },
    "'podStatements' must make a policy of at most 6144 characters, makes 10655, 1065 of them for what the platform adds at test/Access",
  ],
  [
    "a bound in an account that has one",
    {
      contract: wholeContract,
      podStatements: [read],
      account: { ...account, permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary" },
    },
    "'podStatements' must not be set where 'account.permissionsBoundaryArn' bounds every role: a role has one boundary at test/Access; give the team 'serviceAccounts' with statements: the platform makes their roles",
  ],
  [
    "a contract that names roles of pods without a bound",
    { contract: wholeContract },
    `'contract.identity.podRoles' must be left out, got {"iamPath":"/eks-platform/staging/genomics/","permissionsBoundaryArn":"arn:aws:iam::111122223333:policy/staging-genomics-pods"} at test/Access`,
  ],
  [
    "more who may assume it than a trust policy holds",
    { trustedPrincipals: Array.from({ length: 60 }, (_, index) => `${pipeline}-${index + 10}`) },
    "'trustedPrincipals' must fit into a trust policy of 2048 characters, which would have 3285 at test/Access; let one role stand for several",
  ],
  [
    "a contract that is none",
    { contract: { ...smallContract, contractVersion: "1" } },
    `'contractVersion' must be text such as "1.0", got "1" at test/Access; is it a contract? Write it anew with: platformContract({ ... })`,
  ],
  [
    "a contract with parameters and states of another team",
    {
      podStatements: [read],
      contract: {
        ...wholeContract,
        parameters: { contract: "/eks-platform/staging/imaging/contract", live: "/eks-platform/prod/live" },
        state: {
          bucketName: state.bucketName,
          region: "eu-central-1",
          keyAliasArn: "arn:aws:kms:eu-central-1:111122223333:alias/other",
          keyPrefix: "teams/imaging/staging/",
        },
      },
    },
    `'contract.parameters.contract' must be "/eks-platform/staging/genomics/contract", got "/eks-platform/staging/imaging/contract" at test/Access
'contract.parameters.live' must be "/eks-platform/staging/live", got "/eks-platform/prod/live" at test/Access
'contract.state.region' must be "eu-west-3", got "eu-central-1" at test/Access
'contract.state.keyAliasArn' must be "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate", got "arn:aws:kms:eu-central-1:111122223333:alias/other" at test/Access
'contract.state.keyPrefix' must be "teams/genomics/staging/", got "teams/imaging/staging/" at test/Access`,
  ],
  [
    "a contract of another account, region, role and state",
    {
      account: { accountId: "444455556666", region: "eu-central-1" },
      contract: { ...wholeContract, identity: smallContract.identity },
      state: { ...state, bucketName: "other" },
    },
    `'contract.account.accountId' must be "444455556666", got "111122223333" at test/Access
'contract.account.region' must be "eu-central-1", got "eu-west-3" at test/Access
'contract.identity.deployRoleArn' must be "arn:aws:iam::444455556666:role/staging-genomics-deploy", got "arn:aws:iam::111122223333:role/staging-genomics-deploy" at test/Access
'contract.state.bucketName' must be "other", got "eks-platform-tfstate-111122223333-eu-west-3" at test/Access`,
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

const SERVICE = 'for example "s3:GetObject"; a pattern there allows whatever AWS has or adds';
const READ_ONLY = "must only read in IAM: begin with iam:Get or iam:List";
const IDENTITIES = "whoever makes or changes identities leaves the bound";
const WITHIN = "what pods do stays within the account";

test.each<[string, string, string, string]>([
  ...["*", "**", "?*", "*:*", "i?m:CreateRole"].map((action): [string, string, string, string] => [
    action,
    "*",
    "must begin with the name of one service",
    SERVICE,
  ]),
  ...["iam:*", "IAM:CreateRole", "iam:PassRole", "iam:?etRole"].map((action): [string, string, string, string] => [
    action,
    "*",
    READ_ONLY,
    IDENTITIES,
  ]),
  ["organizations:LeaveOrganization", "*", "must not be of the account or the organization", WITHIN],
  ["account:Get*", "*", "must not be of the account or the organization", WITHIN],
  ...["eks:*", "EKS:CreateAccessEntry", "eks:AssociateAccessPolicy", "eks:?escribeCluster"].map(
    (action): [string, string, string, string] => [
      action,
      "*",
      "must only read in EKS: begin with eks:Describe or eks:List",
      "whoever changes a cluster or its access entries may become its administrator",
    ],
  ),
  ...["sso:*", "sso-directory:CreateUser", "identitystore:*", "identity-sync:*", "rolesanywhere:CreateProfile"].map(
    (action): [string, string, string, string] => [
      action,
      "*",
      "must not be of a service that makes identities",
      IDENTITIES,
    ],
  ),
])("a bound must not allow %s on %s", (Action, Resource, rule, fix) => {
  const podStatements: Statement[] = [read, { Effect: "Allow", Action: ["s3:PutObject", Action], Resource }];
  expect(fault({ contract: wholeContract, podStatements })).toBe(
    `'podStatements[1].Action' ${rule}, got ${JSON.stringify(Action)} at test/Access; ${fix}`,
  );
});

test.each([
  ["sts:AssumeRole", "*"],
  ["sts:AssumeRole", "arn:aws:iam::111122223333:role/*"],
  ["sts:AssumeRole", "arn:aws:iam::111122223333:role/platform-*"],
  ["sts:AssumeRole", "arn:aws:iam::*:role/staging-genomics"],
  ["sts:AssumeRole", "arn:aws:iam::444455556666:role/data?"],
  ["sts:AssumeRole", "arn:aws:iam::111122223333:role/$${aws:PrincipalTag/Role}"],
  ["STS:assumerole", "arn:aws:*deploy"],
  ["sts:*", "arn:aws:iam::111122223333:role/*"],
  ["sts:Assume*", "arn:aws:iam::111122223333:role/*"],
  ["sts:AssumeRoo?", "arn:aws:iam::*:root"],
])("a bound must not allow %s on %s: roles are named", (Action, Resource) => {
  const named = "arn:aws:iam::444455556666:role/data";
  const podStatements: Statement[] = [
    { Effect: "Allow", Action: ["s3:PutObject", Action], Resource: [named, Resource] },
  ];
  expect(fault({ contract: wholeContract, podStatements })).toBe(
    `'podStatements[0].Resource' must name each role where ${Action} is allowed, without '*', '?' or a variable, got ${JSON.stringify(Resource)} at test/Access; an assumed role has rights of its own, not the bound's`,
  );
});

test.each<[string, Statement]>([
  ["a whole service", { Effect: "Allow", Action: "s3:*", Resource: "*" }],
  ["reading in IAM", { Effect: "Allow", Action: ["iam:Get*", "iam:ListRoles"], Resource: "*" }],
  [
    "assuming a role that is named",
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/data" },
  ],
  ["assuming a role that is known at apply", { Effect: "Allow", Action: "sts:AssumeRole", Resource: aToken() }],
  ["reading in EKS", { Effect: "Allow", Action: ["eks:Describe*", "eks:ListClusters"], Resource: "*" }],
  ["asking who one is", { Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }],
  ["everything denied", { Effect: "Deny", Action: "*", Resource: "arn:aws:s3:::private/*" }],
])("a bound may have %s", (_, statement) => {
  expect(() => accessWith({ ...maximal, podStatements: [read, statement] })).not.toThrow();
});

test("a bound of what grows with every service of AWS is none", () => {
  const podStatements = [
    { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::private/*" },
  ] as unknown as Statement[];
  expect(fault({ contract: wholeContract, podStatements })).toBe(
    `'podStatements[0].Action' must be given at test/Access
'podStatements[1].Resource' must be given at test/Access`,
  );
});

test("what a bound allows is known at synth", () => {
  const podStatements: Statement[] = [{ Effect: "Allow", Action: aToken(), Resource: "*" }];
  expect(fault({ contract: wholeContract, podStatements })).toBe(
    "'podStatements[0].Action' must be known at synth, got a token at test/Access; write the value itself instead of another resource's attribute",
  );
});

test("the largest policy of a team fits what IAM allows", () => {
  const longest = {
    ...wholeContract,
    environment: "e".repeat(32),
    team: "t".repeat(63),
    cluster: { ...wholeContract.cluster, clusterName: "c".repeat(100) },
    state: {
      bucketName: "b".repeat(63),
      region: "eu-west-3",
      keyAliasArn: "",
      keyPrefix: `teams/${"t".repeat(63)}/e/`,
    },
  };
  expect(JSON.stringify(teamStatements(longest, state)).length).toBeLessThan(6_000);
});
