import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { HelmRelease } from "../../../../lib/helm/helm-release";
import { ClusterProviders } from "../../../../lib/kubernetes/providers";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { isIsolatedFrom } from "../../../../lib/testing/isolation/isolation";
import { RenderedStack, render } from "../../../../lib/testing/rendering/render";
import { rendersNo, rendersTo } from "../../../../lib/testing/rendering/renders-to";
import { synthesize } from "../../../../lib/testing/stack/synthesize";
import { testCluster } from "../../../support/cluster";
import { testNamespace } from "../../../support/namespaces";
import { fixtureChart, synthesizedOutput, useOwnCache } from "../../../support/render";
import { testStack } from "../../../support/synth";

useOwnCache();

/** A stack in code with a chart of the repository and a namespace. */
function stackInCode() {
  const stack = testStack();
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  const namespace = testNamespace(stack, "genomics");
  const chart = { path: fixtureChart("echo") };
  new HelmRelease(stack, "Echo", { releaseName: "echo", namespace, chart, values: [{ texts: { greeting: "hello" } }] });
  return stack;
}

const stack = synthesize(stackInCode());
const missing = { name: "missing", chart: "no/such/chart" };

test("an object of a chart and one of the platform are there, and nothing is left in the temporary folder", async () => {
  await rendersTo(stackInCode(), { release: "echo", kind: "ConfigMap", name: "echo" }, { data: { greeting: "hello" } });
  await rendersTo(stack, { kind: "Namespace", name: "genomics", release: "platform" });
  await rendersTo(stack, { kind: "ConfigMap", name: "echo", namespace: "genomics", release: "genomics/echo" });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("eks-platform-testing-"))).toEqual([]);
});

test("each field that differs is told", async () => {
  const asked = { data: { greeting: "bye" }, metadata: { labels: { team: "a" } } };
  await expect(rendersTo(stack, { kind: "ConfigMap", name: "echo" }, asked)).rejects.toThrow(
    new CheckFailed(`ConfigMap genomics/echo of test (genomics/echo) has not these fields:
  data.greeting: expected "bye", got "hello"
  metadata.labels: expected {"team":"a"}, got nothing`),
  );
});

test("an object that is not there is told with those of its kind, else with all", async () => {
  await expect(rendersTo(stack, { kind: "ConfigMap", name: "other", release: "echo" })).rejects.toThrow(
    /^test renders no ConfigMap other \(echo\); there are: ConfigMap genomics\/echo/,
  );
  await expect(rendersTo(stack, { kind: "Deployment", name: "other", namespace: "a" })).rejects.toThrow(
    /^test renders no Deployment a\/other; there are: .*Namespace genomics \(platform\)/,
  );
});

test("a release that is not there is told with those that are", async () => {
  await expect(rendersTo(stack, { kind: "ConfigMap", name: "echo", release: "ecco" })).rejects.toThrow(
    new Error('test has no release "ecco"; there are: genomics/echo'),
  );
});

test("values of a Secret are never shown", async () => {
  const out = synthesizedOutput([{ name: "login", chart: "secretive" }]);
  const { environment } = await render(out);
  const [secret] = environment.objects.filter(({ object }) => object.kind === "Secret");
  const name = secret?.object.metadata.name ?? "";
  const [key] = Object.keys((secret?.object.data ?? secret?.object.stringData ?? {}) as object);
  const field = secret?.object.data ? "data" : "stringData";
  await expect(rendersTo(out, { kind: "Secret", name }, { [field]: { [`${key}`]: "x" } })).rejects.toThrow(
    `  ${field}.${key}: expected <secret>, got <secret>`,
  );
});

test("a release that cannot be rendered fails what it might hide, and nothing else", async () => {
  const out = synthesizedOutput([{ name: "echo", chart: "echo" }, missing]);
  await rendersTo(out, { kind: "ConfigMap", name: "echo", release: "echo" });
  await rendersNo(out, { kind: "ConfigMap", name: "other", release: "echo" });
  const cannot = /^test cannot be rendered: genomics\/missing .*say which release is meant to render it alone$/;
  await expect(rendersTo(out, { kind: "ConfigMap", name: "other" })).rejects.toThrow(cannot);
  await expect(rendersNo(out, { kind: "ConfigMap", name: "other" })).rejects.toThrow(cannot);
});

test("what must not be there is named, and a kind that there is not proves nothing", async () => {
  await rendersNo(stack, { kind: "Deployment", name: "echo" });
  await rendersNo(stack, { kind: "ConfigMap", name: "echo" }, { data: { greeting: "bye" } });
  await expect(rendersNo(stack, { kind: "ConfigMap", name: "echo" })).rejects.toThrow(
    new CheckFailed("test must render no ConfigMap echo; there is ConfigMap genomics/echo (genomics/echo)"),
  );
  await expect(rendersNo(stack, { kind: "Deploymnet", name: "echo" })).rejects.toThrow(
    new Error('"Deploymnet" is not known as a kind, so there is none in any cluster; did you mean "Deployment"?'),
  );
});

test.each([
  [{ specs: {} }, "specs", "spec"],
  [{ spec: { template: { spec: { hostNetwrok: true } } } }, "spec.template.spec.hostNetwrok", "hostNetwork"],
  [{ spec: { template: { metadata: { lables: {} } } } }, "spec.template.metadata.lables", "labels"],
  [{ spec: { template: { spec: { containers: [{ imgae: "a" }] } } } }, "spec.template.spec.containers.imgae", "image"],
])("that none has the field of %j proves nothing", async (fields, path, meant) => {
  await expect(rendersNo(stack, { kind: "Deployment", name: "echo" }, fields)).rejects.toThrow(
    new Error(`"${path}" is not known as a property of Deployment, so none has it; did you mean "${meant}"?`),
  );
});

test("fields of custom resources are those of their definitions, and what must be absent must be known", async () => {
  const versions = [{ name: "v1", schema: { openAPIV3Schema: { properties: { spec: SPEC } } } }];
  const definition = {
    kind: "CustomResourceDefinition",
    metadata: { name: "a" },
    apiVersion: "apiextensions.k8s.io/v1",
  };
  const object = { ...definition, spec: { names: { kind: "Pool" }, versions } };
  const { environment, stack: tested } = await render(stack);
  const objects = [...environment.objects, { source: "platform", object }];
  const rendered = new RenderedStack(tested, { ...environment, objects });
  const pool = { kind: "Pool", name: "a" };
  await rendersNo(rendered, pool, {
    spec: { size: 1, extra: { any: 1 }, limits: { cpu: 1 } },
    metadata: { labels: { a: "b" } },
  });
  await expect(rendersNo(rendered, pool, { spec: { sizes: 1 } })).rejects.toThrow('did you mean "size"?');
  const configMap = { kind: "ConfigMap", name: "echo" };
  await rendersTo(stack, configMap, { immutable: undefined, data: { other: undefined } });
  await expect(rendersTo(stack, configMap, { immutabel: undefined })).rejects.toThrow('did you mean "immutable"?');
  await expect(rendersNo(stack, configMap, null as never)).rejects.toThrow("'fields' must be an object, got null");
});

const SPEC = {
  properties: {
    size: { type: "integer" },
    extra: { "x-kubernetes-preserve-unknown-fields": true },
    limits: { type: "object", additionalProperties: { type: "integer" } },
  },
};

test("a namespace or a release that there is not proves nothing", async () => {
  const rendered = await render(stack);
  const echo = { kind: "ConfigMap", name: "other" };
  await rendersNo(rendered, { ...echo, namespace: "genomics", release: "echo" });
  await rendersNo(rendered, { ...echo, namespace: "default", release: "platform" });
  await expect(rendersNo(rendered, { ...echo, release: "ecco" })).rejects.toThrow(
    new Error('no release "ecco" of test is rendered, so it brings nothing; there are: genomics/echo'),
  );
  await expect(rendersNo(rendered, { ...echo, namespace: "genomcs" })).rejects.toThrow(
    new Error('nothing of test is in the namespace "genomcs", so no ConfigMap is; did you mean "genomics"?'),
  );
  await expect(rendersNo(rendered, { kind: "ClusterRole", name: "a", namespace: "genomics" })).rejects.toThrow(
    new Error("a ClusterRole is in no namespace, so none is in \"genomics\"; leave 'namespace' out"),
  );
});

test("a stack that is rendered in part has no answer for the rest", async () => {
  const out = synthesizedOutput([
    { name: "echo", chart: "echo" },
    { name: "second", chart: "echo" },
  ]);
  const part = await render(out, { release: "echo" });
  await rendersNo(part, { kind: "ConfigMap", name: "other", release: "echo" });
  await expect(rendersNo(part, { kind: "ConfigMap", name: "other" })).rejects.toThrow(
    new Error("not all of test is rendered: genomics/second; say which release is meant"),
  );
  expect(() => isIsolatedFrom(part, { from: "default", to: { namespace: "genomics", elsewhere: true } })).toThrow(
    "genomics/second may bring a NetworkPolicy, and is not rendered",
  );
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of Terraform
test.each([
  ["kubernetes_deployment_v1", { metadata: { name: "a" } }],
  ["kubernetes_manifest", { manifest: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } } }],
  ["kubectl_manifest", { yaml_body: "${var.text}" }],
])("a %s may be what must not be there", async (type, body) => {
  const stackOfOne = { resource: { [type]: { A: body } } };
  await expect(rendersNo(stackOfOne, { kind: "Deployment", name: "a" })).rejects.toThrow(
    new Error(`${type}.A is not rendered, and may be such a Deployment`),
  );
});

test("what is known only at apply may be what must not be there", async () => {
  const A = { metadata: { name: "a" }, data: { url: "${var.url}" } };
  const B = { metadata: { generate_name: "b-", namespace: "${var.namespace}" } };
  const objects = { resource: { kubernetes_config_map_v1: { A, B } } };
  await expect(rendersNo(objects, { kind: "ConfigMap", name: "a" }, { data: { url: "x" } })).rejects.toThrow(
    new Error(
      'it cannot be said that the stack renders no ConfigMap a with these fields:\n  ConfigMap default/a: data.url is known only at apply, got "(known after apply)"',
    ),
  );
  await expect(rendersNo(objects, { kind: "ConfigMap", name: "b-1", namespace: "default" })).rejects.toThrow(
    "(platform) is known only at apply, and may be such a ConfigMap",
  );
  await rendersNo(objects, { kind: "ConfigMap", name: "c" });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: expressions of Terraform

test("a stack is rendered once, and its policies and those of its charts are one network", async () => {
  expect(render(stack)).toBe(render(stack));
  const rendered = await render(stack);
  expect(() => isIsolatedFrom(rendered, { from: "default", to: "genomics" })).not.toThrow();
});

test("without a name any object of the kind is meant", async () => {
  await rendersNo(stack, { kind: "Ingress" });
  await rendersNo(stack, { kind: "ConfigMap", namespace: "default" });
  await rendersNo(stack, { kind: "ConfigMap" }, { data: { greeting: "bye" } });
  await rendersTo(stack, { kind: "ConfigMap" }, { data: { greeting: "hello" } });
  await expect(rendersNo(stack, { kind: "ConfigMap" })).rejects.toThrow(
    new CheckFailed("test must render no ConfigMap; there is ConfigMap genomics/echo (genomics/echo)"),
  );
  await expect(rendersNo(stack, { kind: "ConfigMap", namespace: "genomics", release: "echo" })).rejects.toThrow(
    new CheckFailed(
      "test must render no ConfigMap in genomics (echo); there is ConfigMap genomics/echo (genomics/echo)",
    ),
  );
  await expect(rendersTo(stack, { kind: "Ingress" })).rejects.toThrow(/^test renders no Ingress; there are: /);
});

test("an object whose namespace is known only at apply may be one of the kind", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  const A = { metadata: { name: "a", namespace: "${var.namespace}" } };
  const objects = { resource: { kubernetes_config_map_v1: { A } } };
  await expect(rendersNo(objects, { kind: "ConfigMap", namespace: "default" })).rejects.toThrow(
    new Error("ConfigMap (known after apply)/a (platform) is known only at apply, and may be such a ConfigMap"),
  );
  await rendersNo(objects, { kind: "Secret", namespace: "default" });
});

test.each<[unknown, string]>([
  [undefined, '\'object\' must be an object such as { kind: "Ingress", name: "api" }, got nothing'],
  ["Ingress", '\'object\' must be an object such as { kind: "Ingress", name: "api" }, got "Ingress"'],
  [{ name: "a" }, "'kind' must be the kind of an object, such as \"Ingress\", got nothing"],
  [{ kind: "" }, '\'kind\' must be the kind of an object, such as "Ingress", got ""'],
  [{ kind: "Ingress", name: "" }, "'name' must be a text, got \"\"; leave it out if every Ingress is meant"],
  [{ kind: "Ingress", name: undefined }, "'name' must be a text, got nothing; leave it out if every Ingress is meant"],
  [
    { kind: "Ingress", name: /a/ },
    "'name' must be a text, got an instance of RegExp; leave it out if every Ingress is meant",
  ],
  [{ kind: "Ingress", namespace: null }, "'namespace' must be a text, got null; leave it out if any is meant"],
  [{ kind: "Ingress", namespace: "" }, "'namespace' must be a text, got \"\"; leave it out if any is meant"],
  [{ kind: "Ingress", release: "" }, "'release' must be a text, got \"\"; leave it out if any is meant"],
  [{ kind: "Ingress", nmae: "api" }, "'object.nmae' is not known; there are: kind, name, namespace, release"],
])("%j names no object", async (object, message) => {
  for (const check of [rendersTo, rendersNo])
    await expect(check(stack, object as never)).rejects.toThrow(new Error(message));
});

test("a release without a name is none, whatever was rendered before", async () => {
  await render(stack);
  await expect(async () => render(stack, { release: "" })).rejects.toThrow(
    new Error('test has no release ""; there are: genomics/echo'),
  );
});
