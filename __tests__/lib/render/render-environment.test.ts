import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  dataOf,
  fixtureChart,
  identities,
  lines,
  releaseBody,
  renderOutput,
  renderReleases,
  synthesizedOutput,
  temporaryFolder,
  useOwnCache,
} from "../../support/render";

useOwnCache();

/** A copy of a chart of the tests, to break. */
function copied(chart: string, change: (folder: string) => void): string {
  const folder = join(temporaryFolder(), chart);
  cpSync(fixtureChart(chart), folder, { recursive: true });
  change(folder);
  return folder;
}

test("a release renders as Helm installs it: its namespace filled in, hooks in, tests and notes left out", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo" }]);
  expect(identities(rendered)).toEqual([
    "genomics/api: ConfigMap genomics/api",
    "genomics/api: ServiceAccount genomics/api-hook",
  ]);
  expect(rendered.objects[0]).toEqual({
    source: "genomics/api",
    namespace: "genomics",
    object: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "api", namespace: "genomics" },
      data: {
        release: "api",
        namespace: "genomics",
        kubernetes: "v1.35.0",
        replicas: "1",
        install: "true",
        "has-deployment": "true",
        "has-widget": "false",
        "has-widget-kind": "false",
      },
    },
  });
  expect(rendered.complete).toBe(true);
  expect(rendered.findings).toEqual([]);
});

const texts = {
  template: "$" + "{aws_eks_cluster.name}",
  directive: "%{ if true }",
  escaped: "$$" + "{x} and %%{y}",
  helm: "{{ .Release.Name }}",
  quotes: `"double" 'single' \`back\` \\ backslash`,
  lines: "first\n  second: |\n\n# third\n---\nfourth\n",
  carriage: "a\r\nb\tc",
  unicode: "Größe 日本語 🧬 \u0085 \u2028 \u007f \ufeff",
  zeros: "0123",
  octal: "0o17",
  exponent: "1e3",
  yes: "yes",
  nothing: "null",
  tilde: "~",
  date: "2025-01-01",
  time: "12:30:45",
  version: "1.10",
  blank: "",
  spaces: "  ",
  large: "123456789012",
};

test("texts arrive in an object exactly as they were written", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo", values: { texts } }]);
  expect(dataOf(rendered, "api")).toMatchObject(texts);
});

test("values that Terraform learns at apply are rendered with their examples", async () => {
  const body = { values: ["$" + "{jsonencode({ replicas = aws_eks_cluster.this.id })}"] };
  const rendered = await renderReleases([{ name: "api", chart: "echo", note: { values: { replicas: 7 } }, body }]);
  expect(dataOf(rendered, "api").replicas).toBe("7");
});

test("a release that says nothing of itself is read from its attributes and what is beside it", async () => {
  const namespace = "$" + "{kubernetes_namespace_v1.Genomics.metadata[0].name}";
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  const out = synthesizedOutput([{ name: "api", namespace, chart: "echo", note: null }], {
    kubernetes_namespace_v1: { Genomics: { metadata: { name: "genomics", labels } } },
    aws_eks_cluster: { Cluster: { name: "test", version: "1.34" } },
  });
  const rendered = await renderOutput(out);
  expect(identities(rendered)).toEqual([
    "platform: Namespace genomics",
    "genomics/api: ConfigMap genomics/api",
    "genomics/api: ServiceAccount genomics/api-hook",
  ]);
  expect(dataOf(rendered, "api").kubernetes).toBe("v1.34.0");
  expect(lines(rendered.findings, "notice")).toEqual([]);
});

test("another version of Kubernetes can be asked for", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo" }], { kubernetesVersion: "1.36" });
  expect(dataOf(rendered, "api").kubernetes).toBe("v1.36.0");
});

test("a chart sees its own folder crds, as Helm installs it first", async () => {
  const rendered = await renderReleases([{ name: "parts", chart: "widgets", note: { crds: "install-once" } }]);
  expect(identities(rendered)).toEqual([
    "genomics/parts: apiextensions.k8s.io/CustomResourceDefinition widgets.example.com",
    "genomics/parts: example.com/Widget parts",
  ]);
});

test("a chart sees the CRDs of releases that come before it, at any distance, and of no others", async () => {
  const rendered = await renderReleases([
    { name: "parts", chart: "widgets", note: { crds: "install-once" } },
    { name: "between", chart: "secretive", note: { after: ["genomics/parts"] } },
    { name: "after", chart: "echo", note: { after: ["genomics/between"] } },
    { name: "beside", chart: "echo" },
  ]);
  expect(dataOf(rendered, "after")).toMatchObject({ "has-widget": "true", "has-widget-kind": "true" });
  expect(dataOf(rendered, "beside")).toMatchObject({ "has-widget": "false", "has-widget-kind": "false" });
});

test("CRDs that are skipped are neither rendered nor seen", async () => {
  const rendered = await renderReleases([
    { name: "parts", chart: "widgets", note: { crds: "elsewhere" }, body: { skip_crds: true } },
    { name: "after", chart: "echo", note: { after: ["genomics/parts"] } },
  ]);
  expect(identities(rendered)).toEqual([
    "genomics/after: ConfigMap genomics/after",
    "genomics/after: ServiceAccount genomics/after-hook",
  ]);
  expect(dataOf(rendered, "after")["has-widget"]).toBe("false");
});

test.each([undefined, "templates"] as const)("a folder crds with the strategy %s needs a decision", async (crds) => {
  const rendered = await renderReleases([
    { name: "parts", chart: "widgets", note: { crds }, body: { skip_crds: true } },
  ]);
  const says = crds ? `the release says "templates"` : "the release does not say how they get into the cluster";
  expect(lines(rendered.findings)).toEqual([
    `error genomics/parts: the chart has 1 CRDs in its folder 'crds', and ${says}; say "elsewhere" if another release brings them, "install-once" if nothing ever upgrades them`,
  ]);
  expect(rendered.complete).toBe(true);
});

test("what is different each time is shown as random, so that two renders are the same", async () => {
  const release = { name: "app", chart: "secretive" };
  const first = await renderReleases([release], { cache: false });
  const second = await renderReleases([release], { cache: false });
  expect(second.objects).toEqual(first.objects);
  const secret = first.objects.find(({ object }) => object.kind === "Secret")?.object;
  expect(secret).toMatchObject({
    metadata: { annotations: { "checksum/password": "random" } },
    data: { user: Buffer.from("admin").toString("base64"), password: Buffer.from("random").toString("base64") },
  });
  expect(dataOf(first, "app")).toEqual({ job: "job-random", size: "small" });
});

test("hooks are left out where the release leaves them out", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo", body: { disable_webhooks: true } }]);
  expect(identities(rendered)).toEqual(["genomics/api: ConfigMap genomics/api"]);
});

test("the same object from two releases, or twice from one, is an error", async () => {
  const rendered = await renderReleases([
    { name: "api", chart: "echo", values: { elsewhere: "genomics", twice: true } },
    { name: "web", chart: "echo", values: { elsewhere: "genomics" } },
  ]);
  expect(lines(rendered.findings)).toEqual([
    "error genomics/api: ConfigMap genomics/api is made by the same chart too; leave it out of one of them",
    "error genomics/web: ConfigMap genomics/elsewhere is made by genomics/api too; leave it out of one of them",
  ]);
  expect(rendered.complete).toBe(false);
});

test("an object outside the release's namespace is a warning", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo", values: { elsewhere: "kube-system" } }]);
  expect(lines(rendered.findings)).toEqual([
    "warning genomics/api: ConfigMap kube-system/elsewhere is outside the namespace genomics of its release",
  ]);
});

test("what the API server or the namespace would refuse is an error", async () => {
  const chart = copied("echo", (folder) =>
    writeFileSync(
      join(folder, "templates", "pod.yaml"),
      [
        "apiVersion: v1",
        "kind: Pod",
        "metadata: { name: privileged }",
        "spec:",
        "  hostNetworking: true",
        "  containers: [{ name: a, image: 'example.com/a:1', securityContext: { privileged: true } }]",
      ].join("\n"),
    ),
  );
  const rendered = await renderReleases([{ name: "api", chart, note: { podSecurity: "baseline" } }]);
  const found = rendered.findings.map(({ severity, check, object, path }) => [severity, check, object, path]);
  expect(found).toEqual([
    ["error", "pod-security", "Pod genomics/privileged", "spec.containers[0].securityContext.privileged"],
    ["error", "schema", "Pod genomics/privileged", "spec.hostNetworking"],
  ]);
  expect(rendered.complete).toBe(true);
});

test("where nobody says what a namespace enforces, a notice says that pods are not checked", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo", note: null }], { kubernetesVersion: "1.35" });
  expect(lines(rendered.findings, "notice")).toEqual([
    "notice genomics/api: pods are not checked: the stack does not say what the namespace genomics enforces",
  ]);
});

test("without schemas of the version nothing is checked, which is an error", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "echo" }], { kubernetesVersion: "1.99" });
  expect(lines(rendered.findings)).toEqual([
    "error platform: nothing is checked: there are no schemas of Kubernetes 1.99; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36",
  ]);
});

const closedSchema = JSON.stringify({ type: "object", properties: { texts: {} }, additionalProperties: false });

test.each<[string, (folder: string) => void, string]>([
  [
    "a chart whose dependencies are not there",
    (folder) => {
      const dependency = "{ name: redis, version: 1.0.0, repository: 'https://example.com' }";
      writeFileSync(
        join(folder, "Chart.yaml"),
        `apiVersion: v2\nname: echo\nversion: 1.0.0\ndependencies: [${dependency}]\n`,
      );
    },
    "error genomics/api: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: redis; run `helm dependency build` in the chart's folder",
  ],
  [
    "values that the chart's schema refuses",
    (folder) => {
      writeFileSync(join(folder, "values.yaml"), "texts: {}\n");
      writeFileSync(join(folder, "values.schema.json"), closedSchema);
    },
    "error genomics/api: values don't meet the specifications of the schema(s) in the following chart(s): echo: (root): Additional property size is not allowed",
  ],
  [
    "a template that asks for a value",
    (folder) => writeFileSync(join(folder, "templates", "a.yaml"), '{{ required "size is needed" .Values.depth }}'),
    "error genomics/api: execution error at (echo/templates/a.yaml:1:3): size is needed",
  ],
  [
    "a template that renders to no YAML",
    (folder) => writeFileSync(join(folder, "templates", "a.yaml"), "a: [\n"),
    "error genomics/api: YAML parse error on echo/templates/a.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content",
  ],
  [
    "a chart that wants another Kubernetes",
    (folder) =>
      writeFileSync(
        join(folder, "Chart.yaml"),
        "apiVersion: v2\nname: echo\nversion: 1.0.0\nkubeVersion: '>=1.40.0'\n",
      ),
    "error genomics/api: chart requires kubeVersion: >=1.40.0 which is incompatible with Kubernetes v1.35.0",
  ],
])("Helm's own words are one line: %s", async (_, change, line) => {
  const chart = copied("echo", change);
  const rendered = await renderReleases([{ name: "api", chart, values: { size: 1 } }]);
  expect(lines(rendered.findings)).toEqual([line]);
  expect(rendered.complete).toBe(false);
});

test("a chart that is not there is an error", async () => {
  const rendered = await renderReleases([{ name: "api", chart: "./assets/gone" }]);
  expect(lines(rendered.findings)).toEqual(["error genomics/api: the chart is not there; run: npx cdktf synth"]);
});

test("what comes after a release that failed is skipped, the others are rendered", async () => {
  const rendered = await renderReleases([
    { name: "first", chart: "./assets/gone" },
    { name: "second", chart: "echo", note: { after: ["genomics/first"] } },
    { name: "third", chart: "echo", note: { after: ["genomics/second"] } },
    { name: "other", chart: "echo" },
  ]);
  expect(rendered.summaries.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual([
    "genomics/first failed",
    "genomics/other rendered",
    "genomics/second skipped",
    "genomics/third skipped",
  ]);
  expect(lines(rendered.findings, "notice")).toEqual([
    "error genomics/first: the chart is not there; run: npx cdktf synth",
    "notice genomics/second: is not rendered, because genomics/first comes before it",
    "notice genomics/third: is not rendered, because genomics/second comes before it",
  ]);
});

test.each<[string, readonly string[], string[]]>([
  [
    "a release that is not there",
    ["genomics/gone"],
    ["error genomics/api: comes after genomics/gone, which is not in this stack"],
  ],
  ["itself", ["genomics/api"], ["error genomics/api: comes after itself"]],
])("a release cannot come after %s", async (_, after, expected) => {
  const rendered = await renderReleases([{ name: "api", chart: "echo", note: { after } }]);
  expect(lines(rendered.findings)).toEqual(expected);
  expect(rendered.complete).toBe(false);
});

test("releases cannot come after each other, nor be there twice", async () => {
  const release = (name: string, after: string[]) => releaseBody({ name, chart: "echo", note: { after } });
  const helm_release = {
    A: release("a", ["genomics/b"]),
    B: release("b", ["genomics/a"]),
    C: release("c", []),
    D: release("c", []),
  };
  const rendered = await renderOutput(synthesizedOutput([], { helm_release }));
  expect(lines(rendered.findings)).toEqual([
    "error genomics/a: comes after itself",
    "error genomics/b: comes after itself",
    "error genomics/c: is there twice: Helm knows a release by namespace and name",
  ]);
  expect(rendered).toMatchObject({ objects: [], complete: false });
});

test("files of a chart that Kubernetes cannot read are errors, and say which", async () => {
  const chart = copied("echo", (folder) => {
    mkdirSync(join(folder, "crds"));
    writeFileSync(join(folder, "crds", "a.yaml"), "a: 1\n---\na: [\n");
    writeFileSync(
      join(folder, "templates", "b.yaml"),
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: {a: one}\ndata: {a: two}\n",
    );
  });
  const rendered = await renderReleases([{ name: "api", chart, note: { crds: "install-once" } }]);
  expect(lines(rendered.findings).map((line) => line.replace(/: Flow .*/, ""))).toEqual([
    "error genomics/api: echo/crds/a.yaml cannot be read",
    "error genomics/api: echo/crds/a.yaml is no Kubernetes object: apiVersion, kind or name is missing",
    `warning genomics/api: echo/templates/b.yaml has the key "data" twice in the same map, of which the last one wins`,
  ]);
  expect(rendered.complete).toBe(false);
});

test("a stack without releases renders what Terraform makes", async () => {
  const out = synthesizedOutput([], { kubernetes_namespace_v1: { Genomics: { metadata: [{ name: "genomics" }] } } });
  const rendered = await renderOutput(out, { kubernetesVersion: "1.35" });
  expect(identities(rendered)).toEqual(["platform: Namespace genomics"]);
  expect(rendered).toMatchObject({ summaries: [], findings: [], complete: true });
});

test("an environment that was not synthesised is refused", async () => {
  await expect(renderOutput(temporaryFolder())).rejects.toThrow(
    /^there is no stack "test" in .*; run: npx cdktf synth$/,
  );
});
