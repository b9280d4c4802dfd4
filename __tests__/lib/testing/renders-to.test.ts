import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { CheckFailed } from "../../../lib/testing/check-failed";
import { isIsolatedFrom } from "../../../lib/testing/isolation";
import { render } from "../../../lib/testing/render";
import { rendersNo, rendersTo } from "../../../lib/testing/renders-to";
import { synthesize } from "../../../lib/testing/synthesize";
import { testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespaces";
import { fixtureChart, synthesizedOutput, useOwnCache } from "../../support/render";
import { testStack } from "../../support/synth";

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

test("a stack is rendered once, and its policies and those of its charts are one network", async () => {
  expect(render(stack)).toBe(render(stack));
  const rendered = await render(stack);
  expect(() => isIsolatedFrom(rendered, { from: "default", to: "genomics" })).not.toThrow();
});
