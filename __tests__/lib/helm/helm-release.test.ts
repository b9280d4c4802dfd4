import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import type { ChartSource } from "../../../lib/helm/chart-source";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import type { HelmReleaseProps } from "../../../lib/helm/release-props";
import { ImportedNamespace } from "../../../lib/kubernetes/imported-namespace";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { testNamespace } from "../../support/namespace";
import { chart, released, synthesized } from "../../support/release";
import { type Body, synthesizeWith, testApp, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-release-"));
  cpSync("charts/platform-info", folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What stands beside the resource of a release; the synthesis of tests leaves it out. */
function noteOf({ resource }: HelmRelease): unknown {
  const stack = TerraformStack.of(resource);
  stack.prepareStack();
  const { helm_release: releases } = stack.toTerraform().resource as Record<string, Record<string, Body>>;
  const beside = releases?.[resource.friendlyUniqueId]?.["//"] as Body | undefined;
  return beside?.eksPlatform;
}

test("minimal: waits ten minutes until it is ready, takes itself back if it fails, and is guarded", () => {
  const stack = synthesized();
  expect(stack.only("helm_release")).toEqual({
    name: "api",
    namespace: "genomics",
    repository: "https://charts.example.com",
    chart: "api",
    version: "1.2.3",
    values: ["{}"],
    timeout: 600,
    wait: true,
    wait_for_jobs: true,
    atomic: true,
    cleanup_on_fail: true,
    max_history: 5,
    skip_crds: true,
    depends_on: [],
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.census).toEqual({
    helm_release: 1, // the release
  });
});

test("maximal: everything that is said", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
    const first = new HelmRelease(scope, "First", { releaseName: "first", namespace, chart });
    new HelmRelease(scope, "Release", {
      releaseName: "api",
      namespace,
      after: [first],
      chart: { path: folder },
      crds: "elsewhere",
      values: [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
        { info: { home: "${HOME}", role: "a", token: "review" } },
        { info: { role: knownAtApply(namespace.namespaceRef, "platform") } },
      ],
      notSecret: { "info.token": "the name of a review" },
      timeoutSeconds: 3600,
      wait: false,
      atomic: false,
      cleanupOnFail: false,
      maxHistory: 100,
      removal: "destroy",
    });
  });
  const release = Object.values(stack.resources("helm_release")).find(({ name }) => name === "api") ?? {};
  const parts = ["kubernetes_resource_quota_v1", "kubernetes_limit_range_v1", "kubernetes_network_policy_v1"];
  expect(release).toEqual({
    name: "api",
    namespace: expect.stringMatching(/^\$\{kubernetes_namespace_v1\.Namespace_\w+\.metadata\[0\]\.name\}$/),
    chart: expect.stringMatching(/^\.\/assets\/Chart-helm-release-\w+-([0-9a-f]{32})\/\1$/),
    values: [
      expect.stringMatching(
        /^\{\n {2}"info": \{\n {4}"home": "\$\$\{HOME\}",\n {4}"role": \$\{jsonencode\(kubernetes_namespace_v1\.Namespace_\w+\.metadata\[0\]\.name\)\},\n {4}"token": "review"\n {2}\}\n\}$/,
      ),
    ],
    timeout: 3600,
    wait: false,
    wait_for_jobs: false,
    atomic: false,
    cleanup_on_fail: false,
    max_history: 100,
    skip_crds: true,
    depends_on: expect.arrayContaining([
      ...parts.map((type) => expect.stringMatching(new RegExp(`^${type}\\.Namespace_`))),
      expect.stringMatching(/^helm_release\.First_/),
    ]),
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.census.helm_release).toBe(2);
});

test("values never go through set, where the plan would not show them whole", () => {
  const release = released({ values: { a: 1 } });
  expect(release).toHaveProperty("values", ['{\n  "a": 1\n}']);
  for (const argument of ["set", "set_list", "set_sensitive", "set_wo"]) expect(release).not.toHaveProperty(argument);
});

test("the address comes from the construct's path", () => {
  expect(synthesized().addresses).toEqual(["helm_release.Release_6218179A"]);
});

test("what was given may be changed afterwards: it was copied", () => {
  const values = { info: { list: ["a"], b: "c" } };
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    new HelmRelease(scope, "Release", { releaseName: "api", namespace: testNamespace(scope), chart, values });
    values.info.list.push("later");
    values.info.b = "later";
  });
  expect(stack.only("helm_release").values).toEqual([
    '{\n  "info": {\n    "b": "c",\n    "list": [\n      "a"\n    ]\n  }\n}',
  ]);
});

test("the order of keys in code changes nothing, one value changes one line", () => {
  const one = synthesized({ values: { b: { c: 1, d: 2 }, a: [1] } });
  expect(synthesized({ values: { a: [1], b: { d: 2, c: 1 } } }).json).toEqual(one.json);
  const [before = [], after = []] = [one, synthesized({ values: { a: [1], b: { d: 3, c: 1 } } })].map((stack) =>
    JSON.stringify(stack.json, undefined, 2).replaceAll("\\n", "\n").split("\n"),
  );
  expect(after.filter((line, index) => line !== before[index])).toEqual(['    \\"d\\": 3']);
  expect(after).toHaveLength(before.length);
});

test("what is known at apply reaches the chart as JSON that Terraform writes", () => {
  const release = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const database = new TerraformVariable(scope, "database", {});
    const [address, port] = [database.stringValue, database.numberValue];
    const values = {
      address: knownAtApply(address, "db.example.com"),
      list: [{ zones: knownAtApply(Token.asList(Fn.split(",", address)), ["eu-west-3a"]) }],
      port: knownAtApply(port, 5432),
      quoted: knownAtApply(Fn.format(Fn.rawString('"%s" %d'), [address, port]), '"db.example.com" 5432'),
      server: knownAtApply(Fn.format("postgres://%s:%d/api", [address, port]), "postgres://db.example.com:5432/api"),
      switch: knownAtApply(database.booleanValue, true),
      texts: knownAtApply(Fn.join("-", [address, "api"]), "db.example.com-api"),
    };
    new HelmRelease(scope, "Release", { releaseName: "api", namespace: testNamespace(scope), chart, values });
  }).only("helm_release");
  expect(release.values).toEqual([
    `{
  "address": \${jsonencode(var.database)},
  "list": [
    {
      "zones": \${jsonencode(split(",", var.database))}
    }
  ],
  "port": \${jsonencode(var.database)},
  "quoted": \${jsonencode(format("\\"%s\\" %d", var.database, var.database))},
  "server": \${jsonencode(format("postgres://%s:%d/api", var.database, var.database))},
  "switch": \${jsonencode(var.database)},
  "texts": \${jsonencode(join("-", [var.database, "api"]))}
}`,
  ]);
});

test("the note holds the example of it whole, empty and null parts too", () => {
  const scope = testStack();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what an example may hold
  const example = { a: null, b: {}, c: [], d: [{ e: null }, []], f: "${x}", "g.h/i": 1 };
  const value = knownAtApply(aToken(), example);
  const values = { known: value, none: null, empty: {}, list: [value, {}] };
  const namespace = testNamespace(scope);
  const first = new HelmRelease(scope, "First", { releaseName: "first", namespace, chart });
  const props = { releaseName: "api", namespace, chart, after: [first], values, crds: "elsewhere" } as const;
  expect(noteOf(first)).toEqual({
    namespace: "genomics",
    kubernetesVersion: "1.35",
    podSecurity: "restricted",
    after: [],
  });
  expect(noteOf(new HelmRelease(scope, "Release", props))).toEqual({
    namespace: "genomics",
    kubernetesVersion: "1.35",
    podSecurity: "restricted",
    after: ["genomics/first"],
    crds: "elsewhere",
    values: { known: example, none: null, empty: {}, list: [example, {}] },
  });
});

test("the note holds what the namespace and the known chart say", () => {
  const scope = testStack();
  const namespace = new ImportedNamespace(scope, "System", {
    namespaceName: "kube-system",
    kubernetesVersion: "1.34",
    podSecurityLevel: "privileged",
  });
  const systemNamespaceReason = "the API server looks for it there";
  const ofKnown = { ...chart, shape: {}, crds: "templates" } as const;
  const props = { releaseName: "api", namespace, chart: ofKnown, systemNamespaceReason };
  expect(noteOf(new HelmRelease(scope, "Release", props))).toEqual({
    namespace: "kube-system",
    kubernetesVersion: "1.34",
    podSecurity: "privileged",
    after: [],
    crds: "templates",
  });
});

test.each<[string, ChartSource, HelmReleaseProps["crds"], true | undefined]>([
  ["of a chart elsewhere nobody said anything: Helm would never upgrade them", chart, undefined, true],
  ["another release brings them", chart, "elsewhere", true],
  ["they are templates", chart, "templates", undefined],
  ["they are installed once", chart, "install-once", undefined],
  ["a known chart says templates", { ...chart, shape: {}, crds: "templates" } as ChartSource, undefined, undefined],
  ["a known chart says elsewhere", { ...chart, shape: {}, crds: "elsewhere" } as ChartSource, undefined, true],
  ["the release knows better", { ...chart, shape: {}, crds: "elsewhere" } as ChartSource, "templates", undefined],
  ["the folder has none", { path: "charts/platform-info" }, undefined, undefined],
])("the folder crds is skipped or not: %s", (_, source, crds, skipped) => {
  expect(released({ chart: source, crds }).skip_crds).toBe(skipped);
});

test("a local chart with a folder crds installs or skips it as said", () => {
  mkdirSync(join(folder, "crds"));
  expect(released({ chart: { path: folder }, crds: "install-once" }).skip_crds).toBeUndefined();
  expect(released({ chart: { path: folder }, crds: "elsewhere" }).skip_crds).toBe(true);
});

test("two releases of a name in one namespace are refused, and the first is named", () => {
  const scope = testStack();
  const namespace = testNamespace(scope);
  const again = new ImportedNamespace(scope, "Again", {
    namespaceName: "genomics",
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
  new HelmRelease(scope, "First", { releaseName: "api", namespace, chart });
  const fault = `'releaseName' must be the only one of its name in the namespace, got "genomics/api"`;
  expect(messageOf(() => new HelmRelease(scope, "Second", { releaseName: "api", namespace, chart }))).toBe(
    `${fault} at test/Second; test/First has it`,
  );
  expect(messageOf(() => new HelmRelease(scope, "Third", { releaseName: "api", namespace: again, chart }))).toBe(
    `${fault} at test/Third; test/First has it`,
  );
});

test("one name in two namespaces, or in two stacks, is two releases", () => {
  const app = testApp();
  const [one, two] = ["one", "two"].map((name) => new TerraformStack(app, name)) as [TerraformStack, TerraformStack];
  const identities = [
    new HelmRelease(one, "A", { releaseName: "api", namespace: testNamespace(one, "genomics"), chart }),
    new HelmRelease(one, "B", { releaseName: "api", namespace: testNamespace(one, "reports"), chart }),
    new HelmRelease(two, "A", { releaseName: "api", namespace: testNamespace(two, "genomics"), chart }),
  ].map(({ identity }) => identity);
  expect(identities).toEqual(["genomics/api", "reports/api", "genomics/api"]);
});

test("all faults at once, before anything is made", () => {
  const scope = testStack();
  const namespace = testNamespace(scope);
  const props = {
    releaseName: "Api",
    namespace,
    chart: { path: "charts" },
    timeoutSeconds: 0,
    values: { a: Number.NaN },
  };
  expect(messageOf(() => new HelmRelease(scope, "Release", props))).toBe(
    [
      `'releaseName' must be lower-case letters, digits and '-', the first and last no '-', got "Api" at test/Release`,
      "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test/Release",
      `'chart.path' must be a folder with a Chart.yaml, got "charts" at test/Release`,
      `'values.a' must be plain data, got "NaN" at test/Release; JSON has no such number`,
    ].join("\n"),
  );
  expect(scope.node.findChild("Release").node.children).toEqual([]);
});

const known = { ...chart, crds: "templates", shape: { replicas: "number", image: { tag: "string" } } } as const;

test("of a known chart a wrong key neither compiles nor synthesises", () => {
  const scope = testStack();
  const props = { releaseName: "api", namespace: testNamespace(scope), chart: known };
  new HelmRelease(scope, "Release", { ...props, values: [{ replicas: 2, image: { tag: null } }, { replicas: 3 }] });
  const wrong = [
    // @ts-expect-error: no key of the chart
    () => new HelmRelease(scope, "Key", { ...props, releaseName: "key", values: { replicaCount: 2 } }),
    // @ts-expect-error: no key of the chart, in a layer
    () => new HelmRelease(scope, "Layer", { ...props, releaseName: "layer", values: [{}, { image: { tags: "1" } }] }),
    // @ts-expect-error: text for a number
    () => new HelmRelease(scope, "Type", { ...props, releaseName: "type", values: { replicas: "2" } }),
  ];
  expect(wrong.map(messageOf)).toEqual([
    "'values.replicaCount' is not a key of the chart at test/Key; known are replicas, image",
    `'values.image.tags' is not a key of the chart at test/Layer; did you mean "tag"?`,
    "'values.replicas' must be a number, not text at test/Type",
  ]);
});

test("of any other chart every plain value compiles, and nothing else", () => {
  const scope = testStack();
  const props = { releaseName: "api", namespace: testNamespace(scope), chart };
  const values = { a: [1, { b: null, c: undefined }], known: knownAtApply(aToken(), "b") };
  expect(() => new HelmRelease(scope, "Release", { ...props, values })).not.toThrow();
  // @ts-expect-error: a date is no plain data
  const dates = () => new HelmRelease(scope, "Dates", { ...props, releaseName: "dates", values: { at: new Date(0) } });
  expect(messageOf(dates)).toBe(
    `'values.at' must be plain data, got "Date" at test/Dates; use text, numbers, true, false, null, lists and objects`,
  );
});

test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  ["the name of a namespace", { namespace: "genomics" }, ["'namespace' must be a Namespace"]],
  [
    "nothing in place of what must be given",
    { releaseName: undefined, namespace: undefined, chart: undefined },
    ["'releaseName' must be given", "'namespace' must be given", "'chart' must be given"],
  ],
  ["the path of a chart alone", { chart: "charts/platform-info" }, ["'chart' must be an object"]],
  [
    "a chart of a registry without a name",
    { chart: { repository: "oci://u:hunter2@example.com", version: "1.0.0" } },
    ["'chart.name' must be given"],
  ],
  ["a release without its list", { after: released }, ["'after' must be a list"]],
  [
    "releases that are none",
    { after: [undefined, testStack()] },
    ["'after.0' must be given", "'after.1' must be a release"],
  ],
  [
    "other types than there are",
    { wait: "no", timeoutSeconds: "600", notSecret: { token: 1 }, crds: null },
    [
      "'notSecret.token' must be text",
      "'crds' must be text",
      "'timeoutSeconds' must be a number",
      "'wait' must be true or false",
    ],
  ],
  ["a removal that is none", { removal: "keep" }, [`'removal' must be one of "retain", "destroy", got "keep"`]],
])("refuses %s, as plain JavaScript lets it through", (_, props, messages) => {
  const scope = testStack();
  const given = { releaseName: "api", namespace: testNamespace(scope), chart, ...props };
  expect(messageOf(() => new HelmRelease(scope, "Release", given))).toBe(
    messages.map((message) => `${message} at test/Release`).join("\n"),
  );
});

test("refuses a property that is none, and no props at all", () => {
  const scope = testStack();
  const given = { releaseName: "api", namespace: testNamespace(scope), chart, timeout: 600 };
  expect(messageOf(() => new HelmRelease(scope, "Release", given))).toBe(
    "'timeout' is not a known property at test/Release; remove it or correct its name",
  );
  expect(messageOf(() => new HelmRelease(scope, "None", undefined as unknown as HelmReleaseProps))).toBe(
    "'props' must be given at test/None",
  );
});

test.each<[string, HelmReleaseProps["removal"], boolean]>([
  ["that of the namespace, if the release says none", undefined, false],
  ["its own", "retain", true],
])("a release in a namespace that may go has a removal: %s", (_, removal, preventDestroy) => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = Object.assign(testNamespace(scope), { removal: "destroy" as const });
    new HelmRelease(scope, "Release", { releaseName: "api", namespace, chart, removal });
  });
  expect(stack.only("helm_release").lifecycle).toEqual({ prevent_destroy: preventDestroy });
});
