import { BoundRole, type BoundRoleProps, type Subject } from "../../../lib/kubernetes/bound-role";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { synthesize, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

type Options = Omit<BoundRoleProps, "namespace">;

const minimal: Options = {
  roleName: "reader",
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  subjects: [{ kind: "Group", name: "readers" }],
};

function made(options: Partial<Options>) {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  const namespace = Namespace.fromName(stack, "Namespace", {
    namespaceName: "genomics",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
  new BoundRole(stack, "Role", { ...minimal, namespace, ...options });
  return synthesize(stack);
}

function fault(options: Partial<Options>): string {
  const stack = testStack();
  const namespace = Namespace.fromName(stack, "Namespace", {
    namespaceName: "genomics",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
  return messageOf(() => new BoundRole(stack, "Role", { ...minimal, namespace, ...options }));
}

test("minimal: a role and its binding, of one name", () => {
  const stack = made({});
  expect(stack.only("kubernetes_role_v1")).toEqual({
    metadata: { name: "reader", namespace: "genomics", labels: { "managed-by": "terraform" } },
    rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }],
  });
  expect(stack.only("kubernetes_role_binding_v1")).toEqual({
    metadata: { name: "reader", namespace: "genomics", labels: { "managed-by": "terraform" } },
    role_ref: {
      api_group: "rbac.authorization.k8s.io",
      kind: "Role",
      name: expect.stringMatching(/^\$\{kubernetes_role_v1\.Role_\w+\.metadata\[0\]\.name\}$/),
    },
    subject: [{ api_group: "rbac.authorization.k8s.io", kind: "Group", name: "readers" }],
  });
  expect(stack.census).toEqual({
    kubernetes_role_v1: 1, // what may be done
    kubernetes_role_binding_v1: 1, // who may do it
  });
});

test("maximal: names, reasons and labels reach the role, and every subject the binding", () => {
  const stack = made({
    rules: [
      { apiGroups: [""], resources: ["pods/log", "pods/exec"], verbs: ["create"], reason: "on-call looks into pods" },
      { apiGroups: [""], resources: ["secrets"], resourceNames: ["consent"], verbs: ["get"] },
      { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"], reason: "starts the nightly import" },
    ],
    subjects: [
      { kind: "Group", name: "readers" },
      { kind: "User", name: "ana" },
    ],
    labels: { team: "genomics" },
  });
  expect(stack.only("kubernetes_role_v1")).toMatchObject({
    metadata: {
      labels: { "managed-by": "terraform", team: "genomics" },
      annotations: {
        "eks-platform/reason": "pods/log, pods/exec: on-call looks into pods\njobs: starts the nightly import",
      },
    },
    rule: [
      { resources: ["pods/log", "pods/exec"] },
      { resources: ["secrets"], resource_names: ["consent"] },
      { resources: ["jobs"] },
    ],
  });
  expect(stack.only("kubernetes_role_binding_v1")).toMatchObject({
    metadata: { labels: { "managed-by": "terraform", team: "genomics" } },
    subject: [
      { kind: "Group", name: "readers" },
      { kind: "User", name: "ana" },
    ],
  });
});

test.each(["team:genomics:edit", "reader.v1", "..."])("%s is a name", (roleName) => {
  expect(made({ roleName }).only("kubernetes_role_v1")).toMatchObject({ metadata: { name: roleName } });
});

test.each<[string, Partial<Options>, string]>([
  ["a name with a slash", { roleName: "a/b" }, `'roleName' must have no '/' and no '%', got "a/b" at test/Role`],
  ["a name of two dots", { roleName: ".." }, `'roleName' must have no '/' and no '%', got ".." at test/Role`],
  [
    "a name that is known only at apply",
    { roleName: aToken() },
    "'roleName' must be known at synth, got a token at test/Role; write the value itself instead of another resource's attribute",
  ],
  [
    "a group of Kubernetes itself",
    { subjects: [{ kind: "Group", name: "system:authenticated" }] },
    `'subjects[0].name' must not be empty nor begin with system:, got "system:authenticated" at test/Role`,
  ],
  [
    "subjects without a name, of no kind, and known only at apply",
    {
      subjects: [
        { kind: "User", name: "" },
        { kind: "ServiceAccount" as "User", name: "api" },
        { kind: "Group", name: aToken() },
        {} as Subject,
      ],
    },
    [
      `'subjects[0].name' must not be empty nor begin with system:, got "" at test/Role`,
      `'subjects[1].kind' must be one of "Group", "User", got "ServiceAccount" at test/Role`,
      "'subjects[2].name' must be known at synth, got a token at test/Role; write the value itself instead of another resource's attribute",
      `'subjects[3].kind' must be one of "Group", "User", got "" at test/Role`,
      `'subjects[3].name' must not be empty nor begin with system:, got "" at test/Role`,
    ].join("\n"),
  ],
  ["nobody", { subjects: [] }, "'subjects' must name at least one group or user at test/Role"],
  [
    "a rule that the checks refuse",
    { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["*"] }] },
    `'rules[0].verbs' must not have a wildcard, got "*" at test/Role; list what is needed`,
  ],
])("refuses %s", (_, options, message) => {
  expect(fault(options)).toBe(message);
});
