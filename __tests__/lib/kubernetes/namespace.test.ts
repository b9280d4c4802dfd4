import { Token } from "cdktf";
import { Namespace, type NamespaceProps } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: NamespaceProps = { namespaceName: "genomics", kubernetesVersion: "1.35" };

function synthesized(props: Partial<NamespaceProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = new Namespace(scope, "Namespace", { ...minimal, ...props });
    expect(namespace.namespaceName).toBe("genomics");
  });
}

function fault(namespaceName: string): string {
  return messageOf(() => new Namespace(testStack(), "Namespace", { ...minimal, namespaceName }));
}

test("minimal: pods must meet the standard restricted of the cluster's version, and the namespace is guarded", () => {
  const stack = synthesized();
  expect(stack.only("kubernetes_namespace_v1")).toEqual({
    metadata: {
      name: "genomics",
      labels: {
        "managed-by": "terraform",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.35",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.35",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.35",
      },
    },
    wait_for_default_service_account: true,
    timeouts: { delete: "15m" },
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.census).toEqual({
    kubernetes_namespace_v1: 1, // the namespace alone
  });
});

test("maximal: another version pins other rules, and removal destroy lets it go", () => {
  const namespace = synthesized({ kubernetesVersion: "1.34", removal: "destroy" }).only("kubernetes_namespace_v1");
  expect(namespace).toMatchObject({
    metadata: { labels: { "pod-security.kubernetes.io/enforce-version": "v1.34" } },
    lifecycle: { prevent_destroy: false },
  });
});

test("what uses it is made after it: its reference is the resource's own name", () => {
  const stack = testStack();
  const namespace = new Namespace(stack, "Namespace", minimal);
  expect(Token.isUnresolved(namespace.namespaceRef)).toBe(true);
  expect(Token.isUnresolved(namespace.namespaceName)).toBe(false);
});

test.each(["Genomics", "genomics_1", "-genomics", "a".repeat(64), ""])("refuses %j as a name", (name) => {
  expect(fault(name)).toBe(
    `'namespaceName' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got ${JSON.stringify(name)} at test/Namespace`,
  );
});

test.each(["default", "kube-system", "kube-public", "kube-mine"])("refuses %s, which belongs to Kubernetes", (name) => {
  expect(fault(name)).toBe(
    `'namespaceName' must not be a namespace of Kubernetes itself, got "${name}" at test/Namespace`,
  );
});

test("refuses a name that is only known at apply", () => {
  expect(fault(aToken())).toBe(
    "'namespaceName' must be known at synth, got a token at test/Namespace; write the value itself instead of another resource's attribute",
  );
});
