import { PodIdentity, type PodIdentityProps } from "../../../lib/eks/pod-identity";
import { KEY_ARN, testCluster, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, synthesizeWith, testStack } from "../../support/synth";

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
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});
