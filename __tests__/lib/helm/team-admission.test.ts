import { TerraformStack } from "cdktf";
import { parseAllDocuments } from "yaml";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { TeamAdmission, type TeamAdmissionProps } from "../../../lib/helm/team-admission";
import { ImportedNamespace } from "../../../lib/kubernetes/imported-namespace";
import type { INamespace } from "../../../lib/kubernetes/namespace-interface";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { helmTemplate, terraformReads } from "../../support/helm";
import { testNamespace } from "../../support/namespace";
import { type Body, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const RESERVED = "its own pods have such priority classes";

function synthesized(names: readonly string[], props: Partial<TeamAdmissionProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = testNamespace(scope, "platform");
    const namespaces = names.map((name) => testNamespace(scope, name));
    new TeamAdmission(scope, "Admission", { releaseName: "team-admission", namespace, namespaces, ...props });
  });
}

/** The objects that Helm makes of a synthesised stack. */
function rendered(stack: Synthesized): Body[] {
  const [values = ""] = stack.only("helm_release").values as readonly string[];
  const manifests = helmTemplate("charts/custom-resources", terraformReads(values));
  return parseAllDocuments(manifests).map((document) => document.toJS());
}

function fault(props: (scope: TerraformStack) => Partial<TeamAdmissionProps>): string {
  const scope = testStack();
  const required = {
    releaseName: "team-admission",
    namespace: testNamespace(scope, "platform"),
    namespaces: [testNamespace(scope, "reports")],
  };
  const given = { ...required, ...props(scope) };
  return messageOf(() => new TeamAdmission(scope, "Admission", given));
}

test("minimal: one release with a policy and its binding", () => {
  const stack = synthesized(["genomics"]);
  expect(stack.census).toEqual({
    helm_release: 1, // both objects
  });
  expect(stack.addresses).toEqual(["helm_release.Admission_7BB8D4AC"]);
  expect(stack.only("helm_release")).toMatchObject({
    name: "team-admission",
    namespace: "platform",
    chart: expect.stringMatching(/^\.\/assets\/Chart-custom-resources-/),
    timeout: 600,
    wait: true,
    atomic: true,
    depends_on: [],
    lifecycle: { prevent_destroy: true },
  });
  expect(rendered(stack).map(({ kind, metadata }) => [kind, metadata])).toEqual([
    ["ValidatingAdmissionPolicy", { name: "eks-platform-team-admission" }],
    ["ValidatingAdmissionPolicyBinding", { name: "eks-platform-team-admission" }],
  ]);
});

test("the policy refuses what it cannot judge, and says of each kind what is refused and what to do", () => {
  const [policy = {}] = rendered(synthesized(["genomics"]));
  const { validations, ...spec } = policy.spec as { validations: readonly Body[] };
  expect(spec).toEqual({
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"] },
        { apiGroups: [""], apiVersions: ["v1"], resources: ["services", "secrets"], operations: ["CREATE", "UPDATE"] },
      ],
    },
    variables: [
      { name: "new", expression: "dyn(object)" },
      { name: "old", expression: "dyn(oldObject)" },
    ],
  });
  expect(
    validations.map(
      ({ expression }) => /^request\.resource\.resource != "(\w+)" \|\| \(.+\)$/.exec(String(expression))?.[1],
    ),
  ).toEqual(["pods", "services", "secrets"]);
  expect(validations.map(({ reason, message }) => [reason, message])).toEqual([
    [
      "Forbidden",
      "a pod must not have a priority class of Kubernetes itself (system-node-critical, system-cluster-critical): it would evict pods of others; leave priorityClassName out, or use a class of the platform",
    ],
    [
      "Forbidden",
      "a Service must not get addresses in spec.externalIPs: every node would send their traffic to it (CVE-2020-8554); leave the field out, and use an Ingress",
    ],
    [
      "Forbidden",
      "a Secret must not be a token of a service account (type kubernetes.io/service-account-token): it never expires; run a pod as the account, whose token is mounted and renewed",
    ],
  ]);
});

test("the binding denies in the namespaces that were named, in any order, and in no other", () => {
  const stack = synthesized(["genomics", "clinical-trials"]);
  const [, binding = {}] = rendered(stack);
  expect(binding.spec).toEqual({
    policyName: "eks-platform-team-admission",
    validationActions: ["Deny"],
    matchResources: {
      namespaceSelector: {
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "In", values: ["clinical-trials", "genomics"] },
        ],
      },
    },
  });
  expect(rendered(synthesized(["clinical-trials", "genomics"]))).toEqual(rendered(stack));
});

test("maximal: what a release takes, in its order, in a namespace of Kubernetes", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = testNamespace(scope, "kube-system");
    const chart = { repository: "oci://quay.io/jetstack/charts", name: "cert-manager", version: "v1.21.1" };
    const systemNamespaceReason = "no team can write there";
    const first = new HelmRelease(scope, "First", { releaseName: "first", namespace, chart, systemNamespaceReason });
    const admission = new TeamAdmission(scope, "Admission", {
      releaseName: "tenants",
      namespace,
      namespaces: [testNamespace(scope)],
      after: [first],
      timeoutSeconds: 60,
      systemNamespaceReason,
      removal: "destroy",
    });
    expect(admission.releaseName).toBe("tenants");
    expect(admission.identity).toBe("kube-system/tenants");
    expect(admission.policyName).toBe("eks-platform-tenants");
    expect(admission.namespaceNames).toEqual(["genomics"]);
    new HelmRelease(scope, "Last", {
      releaseName: "last",
      namespace,
      chart,
      systemNamespaceReason,
      after: [admission],
    });
  });
  const releases = Object.values<Body>(stack.resources("helm_release"));
  expect(releases.find(({ name }) => name === "tenants")).toMatchObject({
    timeout: 60,
    depends_on: [expect.stringMatching(/^helm_release\.First_/)],
    lifecycle: { prevent_destroy: false },
  });
  expect(releases.find(({ name }) => name === "last")).toMatchObject({
    depends_on: [expect.stringMatching(/^helm_release\.Admission_/)],
  });
});

test("the list of namespaces is copied", () => {
  const scope = testStack();
  const namespaces = [testNamespace(scope)];
  const options = { releaseName: "team-admission", namespace: testNamespace(scope, "platform"), namespaces };
  const admission = new TeamAdmission(scope, "Admission", options);
  namespaces.push(testNamespace(scope, "reports"));
  expect(admission.namespaceNames).toEqual(["genomics"]);
});

test.each<[string, (scope: TerraformStack) => Partial<TeamAdmissionProps>, string]>([
  [
    "no namespaces",
    () => ({ namespaces: [] }),
    "'namespaces' must not be empty at test/Admission; leave the construct out",
  ],
  [
    "a namespace twice",
    (scope) => {
      const namespace = testNamespace(scope);
      return { namespaces: [namespace, namespace] };
    },
    `'namespaces' must not repeat a value, got "genomics" at test/Admission; remove the second one`,
  ],
  [
    "one of Kubernetes itself",
    (scope) => ({ namespaces: [testNamespace(scope, "kube-system")] }),
    `'namespaces' must not name one of Kubernetes itself, got "kube-system" at test/Admission; ${RESERVED}`,
  ],
  [
    "namespaces by their names",
    () => ({ namespaces: ["genomics"] as unknown as INamespace[] }),
    "'namespaces.0' must be a Namespace at test/Admission",
  ],
  [
    "what is not there",
    () => ({ namespaces: undefined, namespace: undefined }) as unknown as Partial<TeamAdmissionProps>,
    "'namespace' must be given at test/Admission\n'namespaces' must be given at test/Admission",
  ],
  [
    "the namespace of the release",
    (scope) => {
      const namespace = testNamespace(scope);
      return { namespace, namespaces: [namespace] };
    },
    `'namespace' must not be one that it holds for, got "genomics" at test/Admission; who writes Secrets there writes the release: use a namespace of the platform`,
  ],
  [
    "a cluster that is too old",
    (scope) => ({
      namespace: new ImportedNamespace(scope, "Old", {
        namespaceName: "platform",
        kubernetesVersion: "1.29",
        podSecurityLevel: "restricted",
      }),
    }),
    `'namespace' must be in a cluster of Kubernetes 1.30 or later, got "1.29" at test/Admission; upgrade it`,
  ],
  [
    "a namespace of Kubernetes for the release without a reason",
    (scope) => ({ namespace: testNamespace(scope, "kube-system") }),
    `'namespace' must not be one of Kubernetes itself, got "kube-system" at test/Admission; use a namespace of its own, or say why in 'systemNamespaceReason'`,
  ],
  [
    "a name known at apply",
    () => ({ releaseName: aToken() }),
    "'releaseName' must be known at synth, got a token at test/Admission; write the value itself instead of another resource's attribute",
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("takes the first version with such policies", () => {
  const message = (kubernetesVersion: string) => {
    const scope = testStack();
    const old = { namespaceName: "platform", kubernetesVersion, podSecurityLevel: "restricted" } as const;
    const namespace = new ImportedNamespace(scope, "Old", old);
    const options = { releaseName: "team-admission", namespace, namespaces: [testNamespace(scope)] };
    return () => new TeamAdmission(scope, "Admission", options);
  };
  expect(message("1.30")).not.toThrow();
  expect(message("1.29")).toThrow();
});

test("all faults at once, of the release too, before anything is made", () => {
  const scope = testStack();
  const namespace = testNamespace(scope, "kube-system");
  const options = { releaseName: "Admission", namespace, namespaces: [namespace, namespace], timeoutSeconds: 0 };
  expect(messageOf(() => new TeamAdmission(scope, "Admission", options))).toBe(
    [
      `'releaseName' must be lower-case letters, digits and '-', the first and last no '-', got "Admission" at test/Admission`,
      "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test/Admission",
      `'namespace' must not be one of Kubernetes itself, got "kube-system" at test/Admission; use a namespace of its own, or say why in 'systemNamespaceReason'`,
      `'namespaces' must not repeat a value, got "kube-system" at test/Admission; remove the second one`,
      `'namespaces' must not name one of Kubernetes itself, got "kube-system" at test/Admission; ${RESERVED}`,
      `'namespaces' must not name one of Kubernetes itself, got "kube-system" at test/Admission; ${RESERVED}`,
      `'namespace' must not be one that it holds for, got "kube-system" at test/Admission; who writes Secrets there writes the release: use a namespace of the platform`,
    ].join("\n"),
  );
  expect(scope.node.findChild("Admission").node.children).toEqual([]);
});

test("two of one name are refused at synth, wherever their releases lie: the policy has no namespace", () => {
  const scope = testStack();
  new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
  const namespaces = [testNamespace(scope)];
  for (const id of ["platform", "operations"]) {
    new TeamAdmission(scope, id, { releaseName: "team-admission", namespace: testNamespace(scope, id), namespaces });
  }
  expect(stackFaults(scope)).toEqual([
    `'releaseName' must not be that of test/platform, got "team-admission" at test/operations`,
  ]);
});

test("props without namespaces do not compile", () => {
  const scope = testStack();
  // @ts-expect-error: no namespaces
  const props: TeamAdmissionProps = { releaseName: "team-admission", namespace: testNamespace(scope) };
  expect(() => new TeamAdmission(scope, "Admission", props)).toThrow();
});
