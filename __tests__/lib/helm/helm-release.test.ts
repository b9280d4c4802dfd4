import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { chartHash } from "../../../lib/helm/chart-folder";
import { HelmRelease, type HelmReleaseProps } from "../../../lib/helm/helm-release";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { type Synthesized, synthesizeWith, testStack } from "../../support/synth";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-release-"));
  cpSync("charts/platform-info", folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

function synthesized(props: Partial<HelmReleaseProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
    new HelmRelease(scope, "Release", { releaseName: "info", namespace, chartPath: folder, ...props });
  });
}

function fault(props: Partial<HelmReleaseProps>): string {
  const scope = testStack();
  const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
  return messageOf(
    () => new HelmRelease(scope, "Release", { releaseName: "info", namespace, chartPath: folder, ...props }),
  );
}

test("minimal: waits ten minutes until it is ready, and takes itself back if it fails", () => {
  const stack = synthesized();
  expect(stack.only("helm_release")).toEqual({
    name: "info",
    namespace: expect.stringMatching(/^\$\{kubernetes_namespace_v1\.Namespace_\w+\.metadata\[0\]\.name\}$/),
    chart: expect.stringMatching(/^\.\/assets\/Release_Chart_\w+\/[0-9a-f]{32}$/),
    values: ["{}"],
    timeout: 600,
    wait: true,
    wait_for_jobs: true,
    atomic: true,
    cleanup_on_fail: true,
    max_history: 5,
  });
  expect(stack.census).toEqual({
    helm_release: 1, // the release
    kubernetes_namespace_v1: 1, // where this test installs it
  });
});

test("maximal: values are written out as a document, the time limit is the one given", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  const release = synthesized({ values: { info: { home: "${HOME}" } }, timeoutSeconds: 3600 }).only("helm_release");
  expect(release.values).toEqual(['{\n  "info": {\n    "home": "$${HOME}"\n  }\n}']);
  expect(release.timeout).toBe(3600);
});

test("values never go through set, where the plan would not show them whole", () => {
  const release = synthesized({ values: { a: 1 } }).only("helm_release");
  expect(release).toHaveProperty("values");
  for (const argument of ["set", "set_list", "set_sensitive", "set_wo"]) expect(release).not.toHaveProperty(argument);
});

test("the chart's path ends in the hash of its content: an edited template is a changed release", () => {
  const before = synthesized().only("helm_release");
  expect(before.chart).toMatch(new RegExp(`/${chartHash(folder)}$`));
  writeFileSync(join(folder, "templates", "configmap.yaml"), "apiVersion: v1\n");
  const after = synthesized().only("helm_release");
  expect(after.chart).not.toBe(before.chart);
  expect({ ...after, chart: before.chart }).toEqual(before);
});

test("the chart's path says nothing of the machine: a copy elsewhere gives the same release", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "helm-release-copy-"));
  try {
    cpSync(folder, elsewhere, { recursive: true });
    expect(synthesized({ chartPath: elsewhere }).json).toEqual(synthesized().json);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("a relative path counts from the folder that synth runs in", () => {
  const relativePath = relative(process.cwd(), folder);
  expect(synthesized({ chartPath: relativePath }).json).toEqual(synthesized().json);
});

test.each<[string, Partial<HelmReleaseProps>, string]>([
  [
    "a folder that is not there",
    { chartPath: "charts/missing" },
    `'chartPath' must be a folder that exists, got "charts/missing" at test/Release`,
  ],
  [
    "a folder that is no chart",
    { chartPath: "charts" },
    `'chartPath' must be a folder with a Chart.yaml, got "charts" at test/Release`,
  ],
  [
    "a name with capitals",
    { releaseName: "Info" },
    `'releaseName' must be lower-case letters, digits and '-', got "Info" at test/Release`,
  ],
  [
    "a name of 54 characters",
    { releaseName: "a".repeat(54) },
    `'releaseName' must have 1 to 53 characters, has 54, got "${"a".repeat(54)}" at test/Release`,
  ],
  [
    "a wait of no time",
    { timeoutSeconds: 0 },
    "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test/Release",
  ],
  [
    "values that are not plain data",
    { values: { info: { at: undefined } } },
    `'values.info.at' must be plain data, got "undefined" at test/Release`,
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("all faults at once, a line each", () => {
  expect(fault({ chartPath: "charts", timeoutSeconds: 0, values: { a: undefined } })).toBe(
    [
      `'chartPath' must be a folder with a Chart.yaml, got "charts" at test/Release`,
      "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test/Release",
      `'values.a' must be plain data, got "undefined" at test/Release`,
    ].join("\n"),
  );
});
