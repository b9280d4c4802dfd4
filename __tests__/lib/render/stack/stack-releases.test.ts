import { stackReleases } from "../../../../lib/render/stack/stack-releases";

const open = "$" + "{";
const note = {
  namespace: "genomics",
  kubernetesVersion: "1.35",
  podSecurity: "baseline",
  after: ["platform/cni"],
  crds: "templates",
};

function read(body: object, resources: Record<string, Record<string, object>> = {}, kubernetesVersion?: string) {
  const all = { helm_release: { Api: body }, ...resources } as Record<string, Record<string, Record<string, unknown>>>;
  return stackReleases({ name: "test", folder: "/out/stacks/test", resources: all }, kubernetesVersion);
}

test("a release says what it needs in its note", () => {
  const body = {
    "//": { eksPlatform: note },
    name: "api",
    namespace: `${open}kubernetes_namespace_v1.Gone.metadata[0].name}`,
    chart: "./assets/api/0123",
    values: [`{\n  "a": "$${open}b}",\n  "c": "%%{d}"\n}`],
    skip_crds: true,
    disable_webhooks: true,
  };
  expect(read(body)).toEqual({
    releases: [
      {
        source: "genomics/api",
        releaseName: "api",
        namespace: "genomics",
        chart: { path: "/out/stacks/test/assets/api/0123" },
        values: `{\n  "a": "${open}b}",\n  "c": "%{d}"\n}`,
        kubernetesVersion: "1.35",
        after: ["platform/cni"],
        hooks: false,
        skipsCrds: true,
        crds: "templates",
        podSecurity: "baseline",
      },
    ],
    findings: [],
  });
});

test("the values of the note stand for those that are known at apply", () => {
  const values = { endpoint: "https://example.com" };
  const body = {
    "//": { eksPlatform: { ...note, values } },
    name: "api",
    chart: "./a",
    values: [`${open}jsonencode(1)}`],
  };
  expect(read(body).releases[0]?.values).toBe('{"endpoint":"https://example.com"}');
});

test("of several documents the later ones win, map by map", () => {
  const values = ["a: {b: 1, c: 2}\nlist: [1, 2]\n", "", "a: {c: yes}\nlist: [3]\n"];
  expect(read({ "//": { eksPlatform: note }, name: "api", chart: "./a", values }).releases[0]?.values).toBe(
    '{"a":{"b":1,"c":true},"list":[3]}',
  );
});

test.each<[string, object, object]>([
  ["a folder beside the stack", { chart: "./charts/api" }, { path: "/out/stacks/test/charts/api" }],
  ["a folder by its full path", { chart: "/charts/api" }, { path: "/charts/api" }],
  ["a folder of the module", { chart: `${open}path.module}/charts/api` }, { path: "/out/stacks/test/charts/api" }],
  [
    "a repository",
    { chart: "api", repository: "https://charts.example.com/stable/", version: "1.2.3" },
    { repository: "https://charts.example.com/stable/", name: "api", version: "1.2.3" },
  ],
  [
    "a registry",
    { chart: "api", repository: "oci://registry.example.com/charts", version: "1.2.3" },
    { repository: "oci://registry.example.com/charts", name: "api", version: "1.2.3" },
  ],
  [
    "a registry with the chart's name in it",
    { chart: "oci://registry.example.com/charts/api", version: "1.2.3" },
    { repository: "oci://registry.example.com/charts", name: "api", version: "1.2.3" },
  ],
])("a chart comes from %s", (_, chart, expected) => {
  expect(read({ "//": { eksPlatform: note }, name: "api", ...chart }).releases[0]?.chart).toEqual(expected);
});

test("without a note, what the attributes and the stack say counts", () => {
  const body = {
    name: "api",
    namespace: "genomics",
    chart: "./a",
    skip_crds: true,
    depends_on: ["helm_release.Base", "aws_eks_cluster.Cluster"],
  };
  const resources = { aws_eks_cluster: { Cluster: { version: "1.34" } } };
  const { releases } = read(body, { helm_release: { Api: body, Base: { name: "base", chart: "./b" } }, ...resources });
  expect(releases[0]).toMatchObject({
    source: "genomics/api",
    kubernetesVersion: "1.34",
    after: ["default/base"],
    skipsCrds: true,
    crds: "elsewhere",
    podSecurity: undefined,
  });
  expect(releases[1]).toMatchObject({ source: "default/base", values: "{}", crds: undefined });
});

test("the version that is asked for wins over the note", () => {
  expect(
    read({ "//": { eksPlatform: note }, name: "api", chart: "./a" }, {}, "1.36").releases[0]?.kubernetesVersion,
  ).toBe("1.36");
});

test.each<[string, object, string]>([
  [
    "values in 'set'",
    { set: [{ name: "a", value: "b" }] },
    "sets 'set', which cannot be rendered; write it in 'values'",
  ],
  [
    "a chart without a version",
    { chart: "api", repository: "https://charts.example.com" },
    "names no version of its chart https://charts.example.com/api, so any may be installed; set 'version'",
  ],
  [
    "values that only Terraform knows",
    { values: [`{"a": "${open}aws_eks_cluster.Cluster.endpoint}"}`] },
    `has values that are known only at apply, without an example: ${open}aws_eks_cluster.Cluster.endpoint}`,
  ],
  [
    "a name that only Terraform knows",
    { name: `a-${open}random_id.A.hex}` },
    `'name' is known only at apply: ${open}random_id.A.hex}`,
  ],
])("a release cannot be rendered with %s", (_, change, message) => {
  const { releases, findings } = read({ "//": { eksPlatform: note }, name: "api", chart: "./a", ...change });
  expect(releases).toEqual([]);
  expect(findings).toEqual([
    {
      severity: "error",
      check: "release",
      source: expect.stringMatching(/^genomics\//),
      path: "helm_release.Api",
      message,
    },
  ]);
});

test("a release whose cluster's version nobody says cannot be rendered", () => {
  const two = { aws_eks_cluster: { One: { version: "1.34" }, Two: { version: "1.35" } } };
  const message = "does not say the Kubernetes version of its cluster; give --kubernetes-version, for example 1.35";
  expect(read({ name: "api", chart: "./a" }, two).findings.map((finding) => finding.message)).toEqual([message]);
});
