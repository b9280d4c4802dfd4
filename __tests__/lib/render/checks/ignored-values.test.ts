import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chartValues } from "../../../../lib/render/helm/chart-values";
import { fixtureChart, lines, renderReleases, temporaryFolder, useOwnCache } from "../../../support/render";

useOwnCache();

async function warnings(chart: string, values: object, allValues = false): Promise<string[]> {
  const { findings } = await renderReleases([{ name: "app", chart, values }], { allValues });
  return lines(findings, "notice");
}

const ignored = "is ignored: the chart has no such value, and renders the same without it";
const lookUp = "remove it, or look for its name in the chart's values.yaml";

test("values that have an effect, or are what the chart has itself, are fine", async () => {
  const values = {
    replicas: 3,
    texts: { a: "b" },
    deployment: { enabled: true, annotations: { c: "d" } },
    twice: false,
  };
  expect(await warnings("echo", values, true)).toEqual([]);
});

test("a key that the chart does not have is a warning, with the one that was meant", async () => {
  expect(await warnings("echo", { replica: 2, deployment: { enabeld: true }, colour: "red" })).toEqual([
    `warning genomics/app: colour ${ignored}; ${lookUp}`,
    `warning genomics/app: deployment.enabeld ${ignored}; did you mean 'enabled'?`,
    `warning genomics/app: replica ${ignored}; did you mean 'replicas'?`,
  ]);
});

test("what stands together below an unknown key is one warning", async () => {
  expect(await warnings("echo", { ingress: { enabled: true, hosts: ["a", "b"], tls: { secret: "c" } } })).toEqual([
    `warning genomics/app: ingress ${ignored}; ${lookUp}`,
  ]);
});

test("a known value that another one switches off is told on request only", async () => {
  const values = { deployment: { annotations: { a: "b" } } };
  expect(await warnings("echo", values)).toEqual([]);
  expect(await warnings("echo", values, true)).toEqual([
    "notice genomics/app: deployment.annotations.a has no effect with the other values as they are",
  ]);
});

test("passwords that a chart makes up do not count as an effect", async () => {
  expect(await warnings("secretive", { size: "large", sise: "large" })).toEqual([
    `warning genomics/app: sise ${ignored}; did you mean 'size'?`,
  ]);
});

test("values of subcharts count below their names in the parent", async () => {
  const known = { kid: { colour: "blue" }, global: { region: "eu-west-3" }, title: "a" };
  expect(await warnings("parent", known)).toEqual([]);
  expect(
    await warnings("parent", { child: { colour: "blue" }, kid: { color: "blue" }, global: { regoin: "x" } }),
  ).toEqual([
    `warning genomics/app: child ${ignored}; ${lookUp}`,
    `warning genomics/app: global.regoin ${ignored}; did you mean 'region'?`,
    `warning genomics/app: kid.color ${ignored}; did you mean 'colour'?`,
  ]);
});

test("an archive has the same values as its folder, with a subchart that is an archive too", () => {
  const helm = process.env.EKS_PLATFORM_HELM ?? "helm";
  const folder = temporaryFolder();
  const parent = join(folder, "parent");
  const pack = (chart: string, to: string) =>
    execFileSync(helm, ["package", chart, "--destination", to], { stdio: "pipe" });
  cpSync(fixtureChart("parent"), parent, { recursive: true });
  pack(join(parent, "charts", "child"), join(parent, "charts"));
  rmSync(join(parent, "charts", "child"), { recursive: true });
  pack(parent, folder);
  const expected = {
    defaults: { title: "none", kid: { colour: "red", global: { region: "none" } }, global: { region: "none" } },
    switches: ["kid.on"],
  };
  expect(chartValues(join(folder, "parent-1.0.0.tgz"))).toEqual(expected);
  expect(chartValues(fixtureChart("parent"))).toEqual(expected);
});
