import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { App, LocalBackend, TerraformAsset, TerraformStack } from "cdktf";
import { chartHash } from "../../../lib/helm/chart-folder";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespace";
import { released, synthesized } from "../../support/release";
import { type Body, testStack } from "../../support/synth";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-release-"));
  cpSync("charts/platform-info", folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the chart's path ends in the hash of its content: an edited template is a changed release", () => {
  const local = { chart: { path: folder } };
  const before = released(local);
  expect(before.chart).toBe(`./assets/Chart-${basename(folder)}-${chartHash(folder)}/${chartHash(folder)}`);
  expect(before).not.toHaveProperty("repository");
  expect(before).not.toHaveProperty("version");
  writeFileSync(join(folder, "templates", "configmap.yaml"), "apiVersion: v1\n");
  const after = released(local);
  expect(after.chart).not.toBe(before.chart);
  expect({ ...after, chart: before.chart }).toEqual(before);
});

test("the chart's path says nothing of the machine: a copy elsewhere gives the same release", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "helm-release-copy-"));
  const path = join(elsewhere, basename(folder));
  try {
    cpSync(folder, path, { recursive: true });
    expect(synthesized({ chart: { path } }).json).toEqual(synthesized({ chart: { path: folder } }).json);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("releases of one chart in a stack share one copy, whichever is made first", () => {
  const copy = join(folder, "copy", basename(folder));
  cpSync("charts/platform-info", copy, { recursive: true });
  const paths = [
    ["a", "b"],
    ["b", "a"],
  ].map((order) => {
    const scope = testStack();
    const namespace = testNamespace(scope);
    const charts: Record<string, string> = { a: "charts/platform-info", b: copy };
    const releases = order.flatMap((name) => [
      new HelmRelease(scope, `${name}1`, { releaseName: `${name}1`, namespace, chart: { path: String(charts[name]) } }),
      new HelmRelease(scope, `${name}2`, { releaseName: `${name}2`, namespace, chart: { path: String(charts[name]) } }),
    ]);
    const assets = scope.node.children.filter((child) => child instanceof TerraformAsset).map(({ node }) => node.id);
    return { assets: assets.sort(), charts: releases.map(({ resource }) => resource.chartInput).sort() };
  });
  const hash = chartHash("charts/platform-info");
  const ids = [`Chart-${basename(folder)}-${hash}`, `Chart-platform-info-${hash}`];
  const expected = { assets: ids, charts: ids.flatMap((id) => [`./assets/${id}/${hash}`, `./assets/${id}/${hash}`]) };
  expect(paths).toEqual([expected, expected]);
});

test("two folders of one name and content are one chart", () => {
  const copy = join(folder, "platform-info");
  cpSync("charts/platform-info", copy, { recursive: true });
  const scope = testStack();
  const namespace = testNamespace(scope);
  const [one, two] = ["charts/platform-info", copy].map(
    (path, index) => new HelmRelease(scope, `R${index}`, { releaseName: `r${index}`, namespace, chart: { path } }),
  );
  expect(one?.resource.chartInput).toBe(two?.resource.chartInput);
  expect(scope.node.children.filter((child) => child instanceof TerraformAsset)).toHaveLength(1);
});

test("a relative path counts from the folder that synth runs in", () => {
  const path = relative(process.cwd(), folder);
  expect(synthesized({ chart: { path } }).json).toEqual(synthesized({ chart: { path: folder } }).json);
});

test("synth puts the chart where the release says it is, a folder or an archive", () => {
  const outdir = join(folder, "out");
  const archive = join(folder, "api-1.2.3.tgz");
  writeFileSync(archive, "bytes");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "test.tfstate" });
  new ClusterProviders(stack, "Providers", { cluster: testCluster(stack) });
  const namespace = testNamespace(stack);
  new HelmRelease(stack, "Folder", { releaseName: "folder", namespace, chart: { path: "charts/platform-info" } });
  new HelmRelease(stack, "Archive", { releaseName: "archive", namespace, chart: { path: archive } });
  app.synth();
  const root = join(outdir, "stacks", "test");
  const releases = JSON.parse(readFileSync(join(root, "cdk.tf.json"), "utf8")).resource.helm_release;
  const [ofArchive, ofFolder] = Object.values<Body>(releases).map(({ chart: path }) => join(root, String(path)));
  expect(readFileSync(String(ofArchive), "utf8")).toBe("bytes");
  expect(String(ofArchive)).toMatch(/\/277089d91c0bdf4f2e6862ba7e4a0760\/api-1\.2\.3\.tgz$/);
  expect(readdirSync(String(ofFolder)).sort()).toEqual(readdirSync("charts/platform-info").sort());
});
