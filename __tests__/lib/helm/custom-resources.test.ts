import { parseAllDocuments } from "yaml";
import { type CustomResource } from "../../../lib/helm/custom-resource";
import { CustomResources, type CustomResourcesProps } from "../../../lib/helm/custom-resources";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { helmTemplate, terraformReads } from "../../support/helm";
import { testNamespace } from "../../support/namespace";
import { type Body, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const issuer: CustomResource = {
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: { name: "internal" },
  spec: { selfSigned: {} },
};
const certificate: CustomResource = {
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata: { name: "web", namespace: "genomics" },
  spec: { secretName: "web-tls", dnsNames: ["web.example.com"], duration: null },
};
const CUSTOM = "use a resource of the kubernetes provider, or a chart";

function synthesized(resources: readonly CustomResource[]): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = testNamespace(scope);
    new CustomResources(scope, "Issuers", { releaseName: "issuers", namespace, resources });
  });
}

function valuesOf(stack: Synthesized): string {
  const [values] = stack.only("helm_release").values as readonly string[];
  return values ?? "";
}

/** The objects that Helm makes of a synthesised stack. */
function rendered(stack: Synthesized): unknown[] {
  const manifests = helmTemplate("charts/custom-resources", terraformReads(valuesOf(stack)));
  return parseAllDocuments(manifests).map((document) => document.toJS());
}

function fault(resources: unknown, props: Partial<CustomResourcesProps> = {}): string {
  const scope = testStack();
  const required = { releaseName: "issuers", namespace: testNamespace(scope) };
  const given = { ...required, resources: resources as readonly CustomResource[], ...props };
  return messageOf(() => new CustomResources(scope, "Issuers", given));
}

test("minimal: one release of the chart of this package, whose values are the objects by their names", () => {
  const stack = synthesized([issuer]);
  expect(stack.only("helm_release")).toEqual({
    name: "issuers",
    namespace: "genomics",
    chart: expect.stringMatching(/^\.\/assets\/Chart-custom-resources-([0-9a-f]{32})\/\1$/),
    values: [
      `{
  "resources": {
    "cert-manager.io/ClusterIssuer/internal": {
      "apiVersion": "cert-manager.io/v1",
      "kind": "ClusterIssuer",
      "metadata": {
        "name": "internal"
      },
      "spec": {
        "selfSigned": {}
      }
    }
  }
}`,
    ],
    timeout: 600,
    wait: true,
    wait_for_jobs: true,
    atomic: true,
    cleanup_on_fail: true,
    max_history: 5,
    depends_on: [],
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.addresses).toEqual(["helm_release.Issuers_90CD05C7"]);
  expect(stack.census).toEqual({
    helm_release: 1, // the objects
  });
});

test("maximal: what a release takes, in its order", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = testNamespace(scope, "kube-system");
    const chart = { repository: "oci://quay.io/jetstack/charts", name: "cert-manager", version: "v1.21.1" };
    const systemNamespaceReason = "its controller looks there";
    const first = new HelmRelease(scope, "First", {
      releaseName: "cert-manager",
      namespace,
      chart,
      systemNamespaceReason,
    });
    const issuers = new CustomResources(scope, "Issuers", {
      releaseName: "issuers",
      namespace,
      after: [first],
      resources: [{ ...issuer, spec: { token: "review" } }, certificate],
      notSecret: { "cert-manager.io/ClusterIssuer/internal.spec.token": "the name of a review" },
      timeoutSeconds: 60,
      maxHistory: 2,
      systemNamespaceReason,
      removal: "destroy",
    });
    const last = { releaseName: "web", namespace, chart, after: [issuers], systemNamespaceReason };
    new HelmRelease(scope, "Last", last);
    expect(issuers.identity).toBe("kube-system/issuers");
    expect(issuers.releaseName).toBe("issuers");
  });
  const releases = Object.values<Body>(stack.resources("helm_release"));
  const named = (wanted: string) => releases.find(({ name }) => name === wanted);
  expect(named("issuers")).toMatchObject({
    timeout: 60,
    max_history: 2,
    depends_on: [expect.stringMatching(/^helm_release\.First_/)],
    lifecycle: { prevent_destroy: false },
  });
  expect(named("web")).toMatchObject({ depends_on: [expect.stringMatching(/^helm_release\.Issuers_/)] });
});

test("Helm makes the objects as they were written, with what means something elsewhere", () => {
  const odd: CustomResource = {
    apiVersion: "example.com/v1alpha1",
    kind: "Widget",
    metadata: {
      name: "a.b-c",
      labels: { "app.kubernetes.io/name": "a" },
      annotations: { note: "{{ .Release.Name }}" },
    },
    spec: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what an object may hold
      terraform: "${path.module} %{ if true }",
      template: '{{ include "a" . }}{{- end }}',
      lines: "a\n---\nb: c\n",
      looksLike: ["0644", "yes", "null", "1e3", "2001-12-14", ""],
      numbers: [0, 1000000, 9007199254740991, -1.5, 0.0000001],
      others: [true, false, null, {}, [], [[]]],
      unicode: "é 😀 \u2028",
    },
    status: { ready: true },
  };
  expect(rendered(synthesized([odd]))).toEqual([odd]);
});

test("the order in code does not matter, nor does a namespace make a difference to another object", () => {
  const web = { ...certificate, metadata: { name: "web", namespace: "reports" } };
  const stack = synthesized([certificate, web, issuer]);
  expect(synthesized([issuer, web, certificate]).json).toEqual(stack.json);
  expect(Object.keys(JSON.parse(valuesOf(stack)).resources)).toEqual([
    "cert-manager.io/Certificate/genomics/web",
    "cert-manager.io/Certificate/reports/web",
    "cert-manager.io/ClusterIssuer/internal",
  ]);
  expect(rendered(stack)).toEqual([certificate, web, issuer]);
});

test("kinds of the same name in two groups are two objects", () => {
  const other = { ...certificate, apiVersion: "networking.example.com/v1" };
  expect(rendered(synthesized([certificate, other]))).toEqual([certificate, other]);
});

test("one changed field is one changed line, whatever stands before it", () => {
  const changed = { ...certificate, spec: { ...(certificate.spec as object), secretName: "other" } };
  const before = valuesOf(synthesized([issuer, certificate])).split("\n");
  const after = valuesOf(synthesized([changed as CustomResource, issuer])).split("\n");
  expect(after.filter((line, index) => line !== before[index])).toEqual(['        "secretName": "other"']);
  expect(after).toHaveLength(before.length);
});

test("a field may be known only at apply", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    new ClusterProviders(scope, "Providers", { cluster });
    const spec = { server: knownAtApply(aToken(), "https://example.com") };
    const resources = [{ ...issuer, spec }];
    new CustomResources(scope, "Issuers", { releaseName: "issuers", namespace: testNamespace(scope), resources });
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what Terraform reads
  expect(valuesOf(stack)).toContain('"server": ${jsonencode(known-at-apply)}');
});

test("the chart itself refuses values that are none of its own", () => {
  expect(() => helmTemplate("charts/custom-resources", '{"resource":{}}')).toThrow("resource");
  expect(() => helmTemplate("charts/custom-resources", '{"resources":[]}')).toThrow("resources");
  expect(() => helmTemplate("charts/custom-resources", '{"resources":{"a":{"kind":"A"}}}')).toThrow("apiVersion");
  expect(parseAllDocuments(helmTemplate("charts/custom-resources", "{}"))).toHaveLength(0);
});

const without = (key: keyof CustomResource) =>
  Object.fromEntries(Object.entries(issuer).filter(([each]) => each !== key));
const VERSION = 'must be a group and a version, for example "cert-manager.io/v1"';

test.each<[string, unknown, string]>([
  ["none", [], "'resources' must not be empty at test/Issuers; leave the construct out"],
  ["text", ["kind: A"], "'resources[0]' must be an object at test/Issuers"],
  ["null", [issuer, null], "'resources[1]' must be an object at test/Issuers"],
  ["one without a version", [without("apiVersion")], `'resources[0].apiVersion' ${VERSION} at test/Issuers`],
  ["one without a kind", [without("kind")], "'resources[0].kind' must be the name of a kind at test/Issuers"],
  [
    "one without metadata",
    [without("metadata")],
    "'resources[0].metadata' must be an object with a name at test/Issuers",
  ],
  [
    "one without a name",
    [{ ...issuer, metadata: { generateName: "a-" } }],
    "'resources[0].metadata.name' must be a name that Kubernetes allows at test/Issuers",
  ],
  [
    "a name with capitals",
    [{ ...issuer, metadata: { name: "Internal" } }],
    `'resources[0].metadata.name' must be a name that Kubernetes allows, got "Internal" at test/Issuers`,
  ],
  [
    "a namespace that is none",
    [{ ...issuer, metadata: { name: "a", namespace: "a.b" } }],
    `'resources[0].metadata.namespace' must be the name of a namespace, got "a.b" at test/Issuers`,
  ],
  [
    "a namespace known at apply",
    [{ ...issuer, metadata: { name: "a", namespace: knownAtApply(aToken(), "a") } }],
    "'resources[0].metadata.namespace' must be the name of a namespace at test/Issuers",
  ],
  [
    "a kind in lower case",
    [{ ...issuer, kind: "clusterissuer" }],
    `'resources[0].kind' must be the name of a kind, got "clusterissuer" at test/Issuers`,
  ],
  [
    "a version that is none",
    [{ ...issuer, apiVersion: "cert-manager.io/latest" }],
    `'resources[0].apiVersion' ${VERSION}, got "cert-manager.io/latest" at test/Issuers`,
  ],
  [
    "the same twice",
    [issuer, certificate, issuer],
    `'resources' must not repeat a value, got "cert-manager.io/ClusterIssuer/genomics/internal" at test/Issuers; remove the second one`,
  ],
  [
    "the same twice in two versions",
    [issuer, { ...issuer, apiVersion: "cert-manager.io/v1alpha2" }],
    `'resources' must not repeat a value, got "cert-manager.io/ClusterIssuer/genomics/internal" at test/Issuers; remove the second one`,
  ],
  [
    "the same with the release's namespace and without any",
    [certificate, { ...certificate, metadata: { name: "web" } }],
    `'resources' must not repeat a value, got "cert-manager.io/Certificate/genomics/web" at test/Issuers; remove the second one`,
  ],
  [
    "a secret",
    [{ ...issuer, spec: { auth: [{ token: "hunter2" }] } }],
    `'resources.cert-manager.io/ClusterIssuer/internal.spec.auth[0].token' must not be a secret written out at test/Issuers; put it into a Secret (External Secrets, or made before the release) and give the chart its name, often \`existingSecret\`; if it is none, say why in notSecret: { "cert-manager.io/ClusterIssuer/internal.spec.auth[0].token": "..." }`,
  ],
  [
    "what is no plain data",
    [{ ...issuer, spec: { at: new Date(0) } }],
    `'resources[0].spec.at' must be plain data, got "Date" at test/Issuers; use text, numbers, true, false, null, lists and objects`,
  ],
  [
    "a token",
    [{ ...issuer, spec: { server: aToken() } }],
    "'resources[0].spec.server' must be known at synth, got a token at test/Issuers; wrap it in knownAtApply(...), with an example to render",
  ],
])("refuses as resources %s", (_, resources, message) => {
  expect(fault(resources)).toBe(message);
});

test.each([
  ...["v1", "apps/v1", "batch/v1", "policy/v1", "autoscaling/v2", "networking.k8s.io/v1", "storage.k8s.io/v1"],
  ...["rbac.authorization.k8s.io/v1", "apiextensions.k8s.io/v1", "admissionregistration.k8s.io/v1"],
])("refuses objects of %s: Terraform and charts know them", (apiVersion) => {
  expect(fault([{ ...issuer, apiVersion }])).toBe(
    `'resources[0].apiVersion' must be of a group that a CRD defines, got "${apiVersion}" at test/Issuers; ${CUSTOM}`,
  );
});

test.each(["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"])(
  "takes a %s, which the kubernetes provider has no resource for",
  (kind) => {
    expect(() => synthesized([{ ...issuer, apiVersion: "admissionregistration.k8s.io/v1", kind }])).not.toThrow();
  },
);

test.each([
  ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"],
  ["admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy"],
  ["networking.k8s.io/v1", "ValidatingAdmissionPolicy"],
])("refuses of %s a %s", (apiVersion, kind) => {
  expect(fault([{ ...issuer, apiVersion, kind }])).toBe(
    `'resources[0].apiVersion' must be of a group that a CRD defines, got "${apiVersion}" at test/Issuers; ${CUSTOM}`,
  );
});

test.each([
  "gateway.networking.k8s.io/v1",
  "karpenter.sh/v1",
  "eks.amazonaws.com/v1",
  "snapshot.storage.k8s.io/v1beta2",
])("takes objects of %s", (apiVersion) => {
  expect(() => synthesized([{ ...issuer, apiVersion }])).not.toThrow();
});

test("all faults at once, of the release too, before anything is made", () => {
  const scope = testStack();
  const namespace = testNamespace(scope, "kube-system");
  const resources = [
    { ...issuer, kind: "" },
    { ...issuer, apiVersion: "v1" },
  ];
  const make = () => new CustomResources(scope, "Issuers", { releaseName: "Issuers", namespace, resources });
  expect(messageOf(make)).toBe(
    [
      `'releaseName' must be lower-case letters, digits and '-', the first and last no '-', got "Issuers" at test/Issuers`,
      `'namespace' must not be one of Kubernetes itself, got "kube-system" at test/Issuers; use a namespace of its own, or say why in 'systemNamespaceReason'`,
      `'resources[0].kind' must be the name of a kind, got "" at test/Issuers`,
      `'resources[1].apiVersion' must be of a group that a CRD defines, got "v1" at test/Issuers; ${CUSTOM}`,
    ].join("\n"),
  );
  expect(scope.node.findChild("Issuers").node.children).toEqual([]);
});

test("a notSecret that names nothing is refused by the name it was given", () => {
  expect(fault([issuer], { notSecret: { "spec.token": "the name of a review" } })).toBe(
    `'notSecret' must name a value that looks like a secret, got "spec.token" at test/Issuers; remove it`,
  );
});

test("a resource without a kind, or with what is no plain data, does not compile", () => {
  // @ts-expect-error: no kind
  const noKind: CustomResource = { apiVersion: "example.com/v1", metadata: { name: "a" } };
  // @ts-expect-error: no name
  const noName: CustomResource = { apiVersion: "example.com/v1", kind: "A", metadata: {} };
  // @ts-expect-error: a date
  const dated: CustomResource = { ...issuer, spec: { at: new Date(0) } };
  for (const resource of [noKind, noName, dated]) expect(fault([resource])).toContain("at test/Issuers");
});
