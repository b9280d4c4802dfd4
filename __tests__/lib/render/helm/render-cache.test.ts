import { cpSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE_VARIABLE, RenderCache } from "../../../../lib/render/helm/render-cache";
import {
  dataOf,
  fixtureChart,
  renderOutput,
  renderReleases,
  synthesizedOutput,
  type TestRelease,
  temporaryFolder,
  useOwnCache,
} from "../../../support/render";

useOwnCache();

const base: TestRelease = { name: "api", chart: "echo", values: { replicas: 2 } };

async function outcomes(...releases: readonly TestRelease[]): Promise<string[]> {
  const { summaries } = await renderReleases(releases);
  return summaries.map(({ source, outcome }) => `${source} ${outcome}`);
}

/** The folder of the entries. */
const entries = () => join(process.env[CACHE_VARIABLE] ?? "", "entries");

test("what was rendered once comes from the cache, the same", async () => {
  const out = synthesizedOutput([base]);
  const first = await renderOutput(out);
  const second = await renderOutput(out);
  expect(first.summaries.map(({ outcome }) => outcome)).toEqual(["rendered"]);
  expect(second.summaries.map(({ outcome }) => outcome)).toEqual(["cached"]);
  expect(second.objects).toEqual(first.objects);
  expect(second.findings).toEqual(first.findings);
});

test.each<[string, Partial<TestRelease>]>([
  ["values", { values: { replicas: 3 } }],
  ["the release's name", { name: "web" }],
  ["the namespace", { namespace: "surveillance" }],
  ["the version of Kubernetes", { note: { kubernetesVersion: "1.34" } }],
  ["hooks", { body: { disable_webhooks: true } }],
  ["another chart", { chart: "secretive" }],
])("%s make another entry", async (_, change) => {
  expect(await outcomes(base)).toEqual(["genomics/api rendered"]);
  const [changed = ""] = await outcomes({ ...base, ...change });
  expect(changed).toMatch(/ rendered$/);
  expect(await outcomes(base)).toEqual(["genomics/api cached"]);
});

test("APIs that come from a release before it make another entry", async () => {
  const widgets: TestRelease = { name: "widgets", chart: "widgets", note: { crds: "install-once" } };
  expect(await outcomes(base, widgets)).toEqual(["genomics/api rendered", "genomics/widgets rendered"]);
  const after = { ...base, note: { after: ["genomics/widgets"] } };
  expect(await outcomes(after, widgets)).toEqual(["genomics/api rendered", "genomics/widgets cached"]);
});

test("any change of a chart's files makes another entry", async () => {
  const chart = join(temporaryFolder(), "echo");
  cpSync(fixtureChart("echo"), chart, { recursive: true });
  expect(await outcomes({ ...base, chart })).toEqual(["genomics/api rendered"]);
  writeFileSync(join(chart, "templates", "more.yaml"), "# nothing\n");
  expect(await outcomes({ ...base, chart })).toEqual(["genomics/api rendered"]);
  rmSync(join(chart, "templates", "more.yaml"));
  expect(await outcomes({ ...base, chart })).toEqual(["genomics/api cached"]);
});

test("entries that cannot be read are made anew", async () => {
  await outcomes(base);
  for (const name of readdirSync(entries())) writeFileSync(join(entries(), name), '{"content":');
  expect(await outcomes(base)).toEqual(["genomics/api rendered"]);
  expect(await outcomes(base)).toEqual(["genomics/api cached"]);
});

test("without a cache nothing is read and nothing is kept", async () => {
  await outcomes(base);
  const before = readdirSync(entries());
  const { summaries } = await renderReleases([base, { ...base, name: "web" }], { cache: false });
  expect(summaries.map(({ outcome }) => outcome)).toEqual(["rendered", "rendered"]);
  expect(readdirSync(entries())).toEqual(before);
});

test("a failure is not kept", async () => {
  const chart = join(temporaryFolder(), "echo");
  const broken = { ...base, chart };
  cpSync(fixtureChart("echo"), chart, { recursive: true });
  writeFileSync(join(chart, "templates", "a.yaml"), "{{ fail .Values.why }}");
  expect(await outcomes(broken)).toEqual(["genomics/api failed"]);
  expect(await outcomes(broken)).toEqual(["genomics/api failed"]);
});

test("entries that nobody used for a month go", () => {
  const cache = RenderCache.open();
  cache.write(["old"], 1);
  cache.write(["new"], 2);
  const [old, month] = [readdirSync(entries()), new Date(Date.now() - 31 * 24 * 3600 * 1000)];
  for (const name of old) utimesSync(join(entries(), name), month, month);
  expect(cache.read(["new"])).toBe(2);
  const later = RenderCache.open();
  expect(later.read(["old"])).toBeUndefined();
  expect(later.read(["new"])).toBe(2);
});

test("programs that render at once share the cache", async () => {
  const out = synthesizedOutput([base, { ...base, name: "web" }]);
  const both = await Promise.all([renderOutput(out), renderOutput(out)]);
  for (const rendered of both) expect(dataOf(rendered, "api").replicas).toBe("2");
  expect((await renderOutput(out)).summaries.map(({ outcome }) => outcome)).toEqual(["cached", "cached"]);
});

test("a folder that cannot be used is refused", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  process.env[CACHE_VARIABLE] = file;
  expect(() => RenderCache.open()).toThrow(
    `the cache ${file} cannot be used: ENOTDIR; name another folder with EKS_PLATFORM_CACHE, or use --no-cache`,
  );
});
