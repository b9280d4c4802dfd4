import type { ICluster } from "../../../lib/eks/cluster-interface";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { ServiceAccount, type ServiceAccountProps } from "../../../lib/kubernetes/service-account";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { synthesize, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

function scene() {
  const stack = testStack();
  const cluster = testCluster(stack);
  new ClusterProviders(stack, "Providers", { cluster });
  const namespace = Namespace.fromName(stack, "Namespace", {
    namespaceName: "genomics",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
  return { stack, cluster, namespace };
}

function fault(props: Partial<ServiceAccountProps>): string {
  const { stack, namespace } = scene();
  return messageOf(() => new ServiceAccount(stack, "Account", { namespace, name: "api", ...props }));
}

test("minimal: an account whose pods get no token", () => {
  const { stack, namespace } = scene();
  new ServiceAccount(stack, "Account", { namespace, name: "api" });
  const synth = synthesize(stack);
  expect(synth.only("kubernetes_service_account_v1")).toEqual({
    metadata: { name: "api", namespace: "genomics", labels: { "managed-by": "terraform" } },
    automount_service_account_token: false,
  });
  expect(synth.census).toEqual({
    kubernetes_service_account_v1: 1, // the account alone
  });
});

test("maximal: rights in AWS are there before the account", () => {
  const { stack, cluster, namespace } = scene();
  const account = new ServiceAccount(stack, "Account", {
    namespace,
    name: "api",
    cluster,
    statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reads/*" }],
    automountToken: true,
    labels: { team: "genomics" },
  });
  expect(account.role.node.path).toBe("test/Account/Identity/Role");
  const synth = synthesize(stack);
  expect(synth.only("kubernetes_service_account_v1")).toEqual({
    metadata: { name: "api", namespace: "genomics", labels: { "managed-by": "terraform", team: "genomics" } },
    automount_service_account_token: true,
    depends_on: [
      expect.stringMatching(/^aws_eks_pod_identity_association\.Account_Identity_\w+$/),
      expect.stringMatching(/^aws_iam_role_policy\.Account_Identity_Role_Access_\w+$/),
    ],
  });
  expect(synth.census).toEqual({
    aws_eks_pod_identity_association: 1, // ties the role to the account
    aws_iam_role: 1, // what its pods may do in AWS
    aws_iam_role_policy: 1, // the statements
    kubernetes_service_account_v1: 1, // the account
  });
});

test("an account without statements has no role to grant anything to", () => {
  const { stack, cluster, namespace } = scene();
  const account = new ServiceAccount(stack, "Account", { namespace, name: "api", cluster });
  expect(messageOf(() => account.role)).toBe(
    "'statements' must be given for a role in AWS at test/Account; an empty list makes a role without rights",
  );
});

test("pods of the namespace wait for the account and its rights in AWS", () => {
  const { stack, cluster, namespace } = scene();
  const { resource } = new ServiceAccount(stack, "Account", { namespace, name: "api", cluster, statements: [] });
  expect(namespace.dependables).toContain(resource);
  expect(namespace.dependables).toHaveLength(2); // the account, and what ties the role to it
});

test("a namespace of another stack does not wait: Terraform orders within a stack only", () => {
  const { namespace } = scene();
  new ServiceAccount(testStack(), "Account", { namespace, name: "api" });
  expect(namespace.dependables).toEqual([]);
});

test("a namespace has each account once", () => {
  const { stack, namespace } = scene();
  const other = Namespace.fromName(stack, "Other", {
    namespaceName: "reports",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
  new ServiceAccount(stack, "One", { namespace, name: "api" });
  new ServiceAccount(stack, "Two", { namespace, name: "api" });
  new ServiceAccount(stack, "Three", { namespace: other, name: "api" });
  expect(stackFaults(stack)).toEqual([`'name' must not be that of test/One, got "genomics/api" at test/Two`]);
});

test.each<[string, Partial<ServiceAccountProps>, string]>([
  [
    "a name that Kubernetes refuses",
    { name: "API" },
    `'name' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "API" at test/Account`,
  ],
  [
    "the account that each namespace has",
    { name: "default" },
    "'name' must not be default at test/Account; each namespace has that one already",
  ],
  [
    "a name that is known only at apply",
    { name: aToken() },
    "'name' must be known at synth, got a token at test/Account; write the value itself instead of another resource's attribute",
  ],
  [
    "rights in AWS without AWS",
    { statements: [] },
    "'statements' must not be set without an EKS cluster at test/Account",
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test.each<[string, (cluster: ICluster) => Readonly<Record<string, unknown>>, string]>([
  ["the name of a namespace", () => ({ namespace: "genomics" }), "'namespace' must be a Namespace at test/Account"],
  [
    "no name, text in place of a cluster, and a label that is no text",
    () => ({ name: undefined, cluster: "staging", labels: { team: 5 }, automountToken: "no" }),
    [
      "'name' must be given at test/Account",
      "'cluster' must be a cluster at test/Account",
      "'automountToken' must be true or false at test/Account",
      "'labels.team' must be text at test/Account",
    ].join("\n"),
  ],
  [
    "statements that are none",
    (cluster) => ({ cluster, statements: [undefined, { Effect: "Allow", Action: "s3:GetObject" }] }),
    [
      "'statements[0]' must be a statement, got null at test/Account",
      "'statements[1].Resource' must be given at test/Account",
    ].join("\n"),
  ],
])("refuses %s, as plain JavaScript lets it through", (_, props, message) => {
  const { stack, cluster, namespace } = scene();
  const given = { namespace, name: "api", ...props(cluster) };
  expect(messageOf(() => new ServiceAccount(stack, "Account", given))).toBe(message);
});

test("refuses no props at all", () => {
  const none = undefined as unknown as ServiceAccountProps;
  expect(messageOf(() => new ServiceAccount(testStack(), "Account", none))).toBe(
    "'props' must be given at test/Account",
  );
});
