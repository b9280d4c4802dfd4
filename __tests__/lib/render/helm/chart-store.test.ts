import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { CACHE_VARIABLE } from "../../../../lib/render/helm/render-cache";
import { type ChartServer, chartRegistry, chartRepository } from "../../../support/chart-servers";
import {
  dataOf,
  fixtureChart,
  identities,
  lines,
  renderReleases,
  temporaryFolder,
  useOwnCache,
} from "../../../support/render";

useOwnCache();

let server: ChartServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The chart of the tests as an archive. */
function packaged(chart: string): string {
  const folder = temporaryFolder();
  execFileSync(process.env.EKS_PLATFORM_HELM ?? "helm", ["package", fixtureChart(chart), "--destination", folder], {
    stdio: "pipe",
  });
  return join(folder, `${chart}-1.0.0.tgz`);
}

test("a chart may be an archive beside the stack", async () => {
  const fromFolder = await renderReleases([{ name: "api", chart: "echo" }]);
  const fromArchive = await renderReleases([{ name: "api", chart: packaged("echo") }]);
  expect(fromArchive.objects).toEqual(fromFolder.objects);
});

test.each([
  ["nowhere", "leads nowhere; remove it, or let it lead to a file"],
  ["link", "leads nowhere; remove it, or let it lead to a file"],
  ["..", "leads to a folder that it is in; remove it"],
])("a chart with a link to %s is one line", async (end, problem) => {
  const chart = join(temporaryFolder(), "chart");
  cpSync(fixtureChart("echo"), chart, { recursive: true });
  symlinkSync(end, join(chart, "templates", "link"));
  const { findings } = await renderReleases([{ name: "api", chart }]);
  expect(lines(findings)).toEqual([`error genomics/api: the chart's link ${chart}/templates/link ${problem}`]);
});

test("a chart's links to files and folders are followed", async () => {
  const folder = temporaryFolder();
  const chart = join(folder, "chart");
  cpSync(fixtureChart("echo"), chart, { recursive: true });
  cpSync(join(chart, "values.yaml"), join(folder, "values.yaml"));
  rmSync(join(chart, "values.yaml"));
  symlinkSync("../values.yaml", join(chart, "values.yaml"));
  symlinkSync(join(fixtureChart("widgets"), "crds"), join(chart, "crds"));
  const { findings, objects } = await renderReleases([
    { name: "api", chart, values: { replica: 2 }, note: { crds: "elsewhere" } },
  ]);
  expect(lines(findings)).toEqual([
    "warning genomics/api: replica is ignored: the chart has no such value, and renders the same without it; did you mean 'replicas'?",
  ]);
  expect(objects.length).toBeGreaterThan(0);
});

test("a chart comes from a repository once, and stays", async () => {
  server = await chartRepository("echo", "1.0.0", readFileSync(packaged("echo")));
  const body = { repository: `http://${server.host}`, chart: "echo", version: "1.0.0" };
  const releases = ["api", "web"].map((name) => ({ name, chart: "echo", body }));
  const rendered = await renderReleases(releases);
  expect(lines(rendered.findings)).toEqual([]);
  expect(identities(rendered)).toHaveLength(4);
  await renderReleases([{ name: "later", chart: "echo", body }]);
  expect(server.asked).toEqual(["/index.yaml", "/echo.tgz"]);
  await renderReleases(releases, { cache: false });
  expect(server.asked).toEqual(["/index.yaml", "/echo.tgz", "/index.yaml", "/echo.tgz"]);
});

test("a chart comes from an OCI registry", async () => {
  server = await chartRegistry("platform/echo", "1.0.0", readFileSync(packaged("echo")));
  const body = { repository: `oci://${server.host}/platform`, chart: "echo", version: "1.0.0" };
  const rendered = await renderReleases([{ name: "api", chart: "echo", body }]);
  expect(lines(rendered.findings)).toEqual([]);
  expect(dataOf(rendered, "api").release).toBe("api");
});

test("programs that pull the same chart at once do not disturb each other", async () => {
  server = await chartRepository("echo", "1.0.0", readFileSync(packaged("echo")));
  const body = { repository: `http://${server.host}`, chart: "echo", version: "1.0.0" };
  const all = await Promise.all([1, 2, 3].map(() => renderReleases([{ name: "api", chart: "echo", body }])));
  for (const { complete } of all) expect(complete).toBe(true);
  const charts = join(process.env[CACHE_VARIABLE] ?? "", "charts");
  expect(readdirSync(charts)).toHaveLength(1);
});

test("a version that the repository does not have is an error, and the next render asks again", async () => {
  server = await chartRepository("echo", "1.0.0", readFileSync(packaged("echo")));
  const body = { repository: `http://${server.host}`, chart: "echo", version: "2.0.0" };
  for (const count of [1, 2]) {
    const { findings } = await renderReleases([{ name: "api", chart: "echo", body }]);
    expect(lines(findings)).toEqual([
      `error genomics/api: chart "echo" version "2.0.0" not found in http://${server.host} repository`,
    ]);
    expect(server.asked).toHaveLength(count);
  }
});

test("a repository that does not answer is an error in one line", async () => {
  const body = { repository: "oci://127.0.0.1:1/platform", chart: "echo", version: "1.0.0" };
  const { findings } = await renderReleases([{ name: "api", chart: "echo", body }]);
  expect(lines(findings)).toEqual([
    'error genomics/api: failed to do request: Head "http://127.0.0.1:1/v2/platform/echo/manifests/1.0.0": dial tcp 127.0.0.1:1: connect: connection refused',
  ]);
});
