import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { DataKubernetesConfigMapV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-config-map-v1";
import { DataKubernetesSecret } from "@cdktf/provider-kubernetes/lib/data-kubernetes-secret";
import { DataKubernetesSecretV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-secret-v1";
import { Labels } from "@cdktf/provider-kubernetes/lib/labels";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { SecretV1, type SecretV1Config } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { SecretV1Data } from "@cdktf/provider-kubernetes/lib/secret-v1-data";
import { Annotations, App, LocalBackend, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { refuseManifests } from "../../../lib/kubernetes/refuse-manifests";
import { Secret } from "../../../lib/kubernetes/secret";
import { testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespace";
import { synthesize, testStack } from "../../support/synth";

/** What synth says to a stack with cluster providers. */
function errorsOf(build: (scope: TerraformStack) => void): string[] {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  build(stack);
  return errorsIn(stack);
}

function errorsIn(stack: TerraformStack): string[] {
  synthesize(stack);
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === "@cdktf/error")
    .map(({ data }) => String(data));
}

function resource(scope: Construct, terraformResourceType: string): TerraformResource {
  return new TerraformResource(scope, terraformResourceType, { terraformResourceType });
}

const secret: SecretV1Config = { metadata: { name: "login" }, dataWo: { user: "a" }, dataWoRevision: 1 };
const release: ReleaseConfig = { name: "api", chart: "api", values: ["a: 1"] };
const SET =
  "must not be used: a plan does not show it beside the other values, and an upgrade can lose it at test/Team/Release; use 'values' of HelmRelease, and the name of a Secret for what is secret";

test("what plans without a cluster is let through", () => {
  const errors = errorsOf((scope) => {
    new ConfigMapV1(scope, "ConfigMap", { metadata: { name: "a" } });
    new Labels(scope, "Labels", { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" }, labels: { a: "b" } });
    new Release(scope, "Release", release);
    const chart = { path: "charts/platform-info" };
    new HelmRelease(scope, "Info", {
      releaseName: "info",
      namespace: testNamespace(scope),
      chart,
      values: { info: {} },
    });
  });
  expect(errors).toEqual([]);
});

test("kubernetes_manifest is refused, wherever it stands", () => {
  const errors = errorsOf((scope) => {
    new Manifest(new Construct(scope, "Team"), "Issuer", { manifest: { apiVersion: "cert-manager.io/v1" } });
  });
  expect(errors).toEqual([
    "'kubernetes_manifest' must not be used: its plan asks the API server at test/Team/Issuer; use CustomResources, which plans without a cluster, and before the kinds are there",
  ]);
});

test("a type without a version is refused if it has a successor", () => {
  const errors = errorsOf((scope) => {
    for (const type of ["namespace", "daemonset", "horizontal_pod_autoscaler"]) resource(scope, `kubernetes_${type}`);
  });
  const rule = "must not be used: the provider will remove it, and no state can be moved";
  expect(errors).toEqual([
    `'kubernetes_namespace' ${rule} at test/kubernetes_namespace; use kubernetes_namespace_v1`,
    `'kubernetes_daemonset' ${rule} at test/kubernetes_daemonset; use kubernetes_daemon_set_v1`,
    `'kubernetes_horizontal_pod_autoscaler' ${rule} at test/kubernetes_horizontal_pod_autoscaler; use kubernetes_horizontal_pod_autoscaler_v2`,
  ]);
});

test("of all types of the provider exactly those without a successor are let through", () => {
  const folders = readdirSync("node_modules/@cdktf/provider-kubernetes/lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("data-") && entry.name !== "provider")
    .map(({ name }) => name);
  const stack = testStack();
  refuseManifests(stack);
  for (const name of folders) resource(stack, `kubernetes_${name.replaceAll("-", "_")}`);
  const errors = errorsIn(stack);
  const refused = errors.map((error) => /^'kubernetes_(\w+)'/.exec(error)?.[1]?.replaceAll("_", "-"));
  const through = folders.filter((name) => !refused.includes(name));
  expect(through.filter((name) => !/-v\d/.test(name))).toEqual([
    "annotations",
    "env",
    "labels",
    "node-taint",
    "pod-security-policy", // no longer in Kubernetes: its successor was a beta
  ]);
  expect(refused.filter((name) => /-v\d/.test(String(name)))).toEqual([
    "secret-v1-data", // its values lie in the state
  ]);
  const successors = errors.map((error) => /use kubernetes_(\w+)$/.exec(error)?.[1]?.replaceAll("_", "-"));
  expect(successors.filter((name) => name !== undefined && !folders.includes(name))).toEqual([]);
});

test.each<[string, Partial<ReleaseConfig>]>([
  ["set", { set: [{ name: "a", value: "b" }] }],
  ["set_list", { setList: [{ name: "a", value: ["b"] }] }],
  ["set_sensitive", { setSensitive: [{ name: "a", value: "hunter2" }] }],
  ["set_wo", { setWo: [{ name: "a", value: "hunter2" }], setWoRevision: 1 }],
])("%s of a release is refused", (argument, config) => {
  const errors = errorsOf((scope) => {
    new Release(new Construct(scope, "Team"), "Release", { ...release, ...config });
  });
  expect(errors).toEqual([`'${argument}' ${SET}`]);
});

const IN_STATE = "must not be used: its values are written into the state";

test("a Secret whose values are only written is let through", () => {
  const metadata = { name: "login" };
  const errors = errorsOf((scope) => {
    new SecretV1(scope, "Text", { metadata, dataWo: { a: "b" }, dataWoRevision: 1 });
    new SecretV1(scope, "Binary", { metadata, binaryDataWo: { a: "Yg==" }, binaryDataWoRevision: 1 });
    new SecretV1(scope, "Override", { metadata }).addOverride("data_wo_revision", 1);
    new Secret(scope, "Ours", {
      namespace: testNamespace(scope),
      secretName: "credentials",
      variables: { TOKEN: "api_token" },
      revision: 1,
    });
  });
  expect(errors).toEqual([]);
});

test.each<[string, (scope: Construct) => void, string]>([
  [
    "data beside what is only written",
    (scope) => {
      new SecretV1(scope, "Login", { ...secret, data: { password: "hunter2" } });
    },
    `'data' ${IN_STATE} at test/Team/Login; use Secret, whose values are variables`,
  ],
  [
    "binary data beside what is only written",
    (scope) => {
      new SecretV1(scope, "Login", { ...secret, binaryData: { password: "aHVudGVyMg==" } });
    },
    `'binary_data' ${IN_STATE} at test/Team/Login; use Secret, whose values are variables`,
  ],
  [
    "data by an override",
    (scope) => {
      new SecretV1(scope, "Login", secret).addOverride("data", { password: "hunter2" });
    },
    `'data' ${IN_STATE} at test/Team/Login; use Secret, whose values are variables`,
  ],
  [
    "a token that Kubernetes makes",
    (scope) => {
      new SecretV1(scope, "Login", { metadata: { name: "login" }, type: "kubernetes.io/service-account-token" });
    },
    "'data_wo_revision' must be set: without it the provider writes the values of the Secret into the state at test/Team/Login; use Secret, whose values are variables",
  ],
  [
    "a key of a Secret of elsewhere",
    (scope) => {
      new SecretV1Data(scope, "Login", { metadata: { name: "login" }, data: { password: "hunter2" } });
    },
    `'kubernetes_secret_v1_data' ${IN_STATE} at test/Team/Login; use Secret, whose values are variables`,
  ],
  ...[DataKubernetesSecretV1, DataKubernetesSecret].map((Reader): [string, (scope: Construct) => void, string] => [
    `what reads a Secret: ${Reader.tfResourceType}`,
    (scope) => {
      new Reader(scope, "Login", { metadata: { name: "login" } });
    },
    `'${Reader.tfResourceType}' ${IN_STATE} at test/Team/Login; let what needs the values read them in the cluster, by the Secret's name`,
  ]),
])("values of a Secret in the state are refused: %s", (_, build, message) => {
  expect(errorsOf((scope) => build(new Construct(scope, "Team")))).toEqual([message]);
});

test("what reads anything else is let through", () => {
  const errors = errorsOf((scope) => {
    new DataKubernetesConfigMapV1(scope, "Info", { metadata: { name: "info" } });
  });
  expect(errors).toEqual([]);
});

test("an override is no way around", () => {
  const errors = errorsOf((scope) => {
    new Release(new Construct(scope, "Team"), "Release", release).addOverride("set", [{ name: "a", value: "b" }]);
  });
  expect(errors).toEqual([`'set' ${SET}`]);
});

test("two providers of a cluster in one stack say it once", () => {
  const errors = errorsOf((scope) => {
    refuseManifests(new Construct(scope, "More"));
    new Manifest(scope, "Issuer", { manifest: {} });
  });
  expect(errors).toHaveLength(1);
});

test("a namespace is enough, whoever makes the providers", () => {
  const stack = testStack();
  new KubernetesProvider(stack, "Kubernetes", {});
  new Namespace(stack, "Namespace", { namespaceName: "genomics", kubernetesVersion: "1.35" });
  new Manifest(stack, "Issuer", { manifest: {} });
  expect(errorsIn(stack)).toHaveLength(1);
});

test("a stack without cluster providers and without namespaces is left alone", () => {
  const stack = testStack();
  resource(stack, "kubernetes_namespace");
  expect(errorsIn(stack)).toEqual([]);
});

test("App.synth fails with all of it", () => {
  const outdir = mkdtempSync(join(tmpdir(), "refuse-manifests-"));
  try {
    const stack = new TerraformStack(new App({ outdir }), "test");
    new LocalBackend(stack, { path: "test.tfstate" });
    new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
    new Manifest(stack, "Issuer", { manifest: {} });
    new Release(stack, "Release", { ...release, set: [{ name: "a", value: "b" }] });
    Annotations.of(stack).addWarning("a warning does not fail");
    const synth = () => App.of(stack).synth();
    expect(synth).toThrow("'kubernetes_manifest' must not be used: its plan asks the API server at test/Issuer");
    expect(synth).toThrow("'set' must not be used");
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
