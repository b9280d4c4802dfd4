import type { TerraformStack } from "cdktf";
import type { Statement } from "../../../lib/core/policy-document";
import { PodIdentity, type PodIdentityProps } from "../../../lib/eks/pod-identity";
import { KEY_ARN, testCluster, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { testNamespace } from "../../support/namespace";
import { parsed, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const ONE_OF =
  'must be one of "controlPlane", "autoModeControlPlane", "nodes", "autoModeNodes", "sessionManager", "vpcCni", "ebsCsi"';

/** What plain JavaScript lets through. */
function untyped(props: Readonly<Record<keyof never, unknown>>): Partial<PodIdentityProps> {
  return props as Partial<PodIdentityProps>;
}

const api = { namespace: "surveillance", serviceAccount: "api" };

function fault(props: Partial<PodIdentityProps>): string {
  const scope = testStack();
  return messageOf(() => new PodIdentity(scope, "Identity", { cluster: testCluster(scope), ...api, ...props }));
}

test("minimal: a role of its own without any right, for one service account", () => {
  const stack = synthesizeWith((scope) => {
    new PodIdentity(scope, "Identity", { cluster: testCluster(scope), ...api });
  });
  expect(stack.only("aws_eks_pod_identity_association")).toEqual({
    cluster_name: "test",
    namespace: "surveillance",
    service_account: "api",
    role_arn: expect.stringContaining("aws_iam_role.Identity_Role"),
  });
  expect(stack.only("aws_iam_role")).toMatchObject({ name: "test-surveillance-api" });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  });
  expect(stack.census).toEqual({
    aws_eks_pod_identity_association: 1, // ties the role to the service account
    aws_iam_role: 1, // what the pods run as
  });
});

test("maximal: statements, managed policies and a grant on a key", () => {
  const stack = synthesizeWith((scope) => {
    const identity = new PodIdentity(scope, "Identity", {
      cluster: testCluster(scope),
      ...api,
      statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::genomes/*" }],
      purposes: ["ebsCsi"],
    });
    testKey(scope).grantDecrypt(identity.role);
    expect(identity.dependables).toHaveLength(4);
  });
  const policies = Object.values(stack.resources("aws_iam_role_policy")).map((policy) => parsed(policy, "policy"));
  expect(policies).toEqual([
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::genomes/*" }],
    },
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey"], Resource: KEY_ARN }],
    },
  ]);
  expect(stack.census).toEqual({
    aws_eks_pod_identity_association: 1, // ties the role to the service account
    aws_iam_role: 1, // what the pods run as
    aws_iam_role_policy: 2, // the statements, the grant
    aws_iam_role_policy_attachment: 1, // the managed policy of the purpose
  });
});

test.each<[string, Partial<PodIdentityProps>, string]>([
  [
    "a namespace with capitals",
    { namespace: "Surveillance" },
    `'namespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "Surveillance" at test/Identity`,
  ],
  [
    "a namespace of 64 characters",
    { namespace: "a".repeat(64) },
    `'namespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "${"a".repeat(64)}" at test/Identity`,
  ],
  [
    "a wildcard for the service account",
    { serviceAccount: "*" },
    `'serviceAccount' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "*" at test/Identity`,
  ],
  [
    "purposes that are none, all at once",
    untyped({ purposes: ["ebsCSI", "ebsCsi", undefined, "constructor"] }),
    [
      `'purposes[0]' ${ONE_OF}, got "ebsCSI" at test/Identity`,
      `'purposes[2]' ${ONE_OF}, got "" at test/Identity`,
      `'purposes[3]' ${ONE_OF}, got "constructor" at test/Identity`,
    ].join("\n"),
  ],
  [
    "a purpose that is known only at apply",
    untyped({ purposes: [aToken()] }),
    "'purposes[0]' must be known at synth, got a token at test/Identity; write the value itself instead of another resource's attribute",
  ],
  [
    "a purpose without its list",
    untyped({ purposes: "ebsCsi" }),
    `'purposes' must be a list of purposes, got "ebsCsi" at test/Identity; for example ["ebsCsi"]`,
  ],
  [
    "a statement without its list, with a name that is none",
    untyped({ statements: { Effect: "Allow" }, namespace: "A" }),
    [
      `'namespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "A" at test/Identity`,
      `'statements' must be a list of statements, got {"Effect":"Allow"} at test/Identity`,
    ].join("\n"),
  ],
  [
    "statements that are none",
    untyped({ statements: [undefined, "s3:GetObject"] }),
    [
      `'statements[0]' must be a statement, got null at test/Identity`,
      `'statements[1]' must be a statement, got "s3:GetObject" at test/Identity`,
    ].join("\n"),
  ],
  [
    "no list of statements",
    untyped({ statements: null }),
    "'statements' must be a list of statements, got null at test/Identity",
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("an empty list of statements is a role without any right, as none at all", () => {
  const stack = synthesizeWith((scope) => {
    new PodIdentity(scope, "Identity", { cluster: testCluster(scope), ...api, statements: [], purposes: [] });
  });
  expect(stack.census).toEqual({ aws_eks_pod_identity_association: 1, aws_iam_role: 1 });
});

test.each<[string, unknown, string]>([
  ["no statements", undefined, "'statements' must be a list of statements, got null"],
  ["an empty list", [], "'statements' must have at least one statement, got []"],
  ["what is no statement", [null], "'statements[0]' must be a statement, got null"],
])("its role refuses a policy of %s", (_, statements, message) => {
  const scope = testStack();
  const { role } = new PodIdentity(scope, "Identity", { cluster: testCluster(scope), ...api });
  expect(messageOf(() => role.addPolicy("Read", statements as Statement[]))).toBe(`${message} at test/Identity/Role`);
  expect(role.dependables).toEqual([]);
});

test.each<[string, (scope: TerraformStack) => Readonly<Record<string, unknown>>, string]>([
  [
    "constructs in place of names, and no cluster",
    (scope) => ({ cluster: scope, namespace: testNamespace(scope), serviceAccount: undefined }),
    [
      "'cluster' must be a cluster at test/Identity",
      "'namespace' must be text at test/Identity",
      "'serviceAccount' must be given at test/Identity",
    ].join("\n"),
  ],
  [
    "a property that is none",
    () => ({ statement: [] }),
    "'statement' is not a known property at test/Identity; remove it or correct its name",
  ],
])("refuses %s, as plain JavaScript lets it through", (_, props, message) => {
  const scope = testStack();
  const given = { cluster: testCluster(scope), ...api, ...props(scope) };
  expect(messageOf(() => new PodIdentity(scope, "Identity", given))).toBe(message);
});

test("refuses no props at all", () => {
  expect(messageOf(() => new PodIdentity(testStack(), "Identity", undefined as unknown as PodIdentityProps))).toBe(
    "'props' must be given at test/Identity",
  );
});
