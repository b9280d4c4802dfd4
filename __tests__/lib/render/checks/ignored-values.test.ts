import { execFileSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
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

/** A chart whose templates are these. */
function chartWith(templates: Readonly<Record<string, string>>): string {
  const chart = join(temporaryFolder(), "parent");
  cpSync(fixtureChart("parent"), chart, { recursive: true });
  for (const [file, text] of Object.entries(templates)) writeFileSync(join(chart, file), text);
  return chart;
}

test("a key that the chart does not list, but a template names, is told on request only", async () => {
  const chart = chartWith({
    "templates/off.yaml":
      "{{- if .Values.monitoring }}{{ .Values.monitoring.interval }}{{ end }}{{ if false }}{{ .Values.extra }}{{ end }}",
    "templates/NOTES.txt": "{{ .Values.motto }}",
    "charts/child/templates/off.yaml": '{{ if false }}{{ index .Values "hair-colour" }}{{ end }}',
  });
  const values = { extra: 1, motto: "a", kid: { "hair-colour": "red" }, extras: 1, mottos: { motto: "b" } };
  expect(await warnings(chart, values)).toEqual([
    `warning genomics/app: extras ${ignored}; ${lookUp}`,
    `warning genomics/app: mottos ${ignored}; ${lookUp}`,
    "notice genomics/app: extra has no effect with the other values as they are",
    "notice genomics/app: kid.hair-colour has no effect with the other values as they are",
    "notice genomics/app: motto has no effect with the other values as they are",
  ]);
});

test("templates of archives count, and of archives in archives", async () => {
  const helm = process.env.EKS_PLATFORM_HELM ?? "helm";
  const chart = chartWith({ "charts/child/templates/off.yaml": "{{ if false }}{{ .Values.shade }}{{ end }}" });
  const pack = (path: string, to: string) =>
    execFileSync(helm, ["package", path, "--destination", to], { stdio: "pipe" });
  pack(join(chart, "charts", "child"), join(chart, "charts"));
  rmSync(join(chart, "charts", "child"), { recursive: true });
  const folder = temporaryFolder();
  pack(chart, folder);
  for (const path of [chart, join(folder, "parent-1.0.0.tgz")]) {
    expect(await warnings(path, { kid: { shade: "light", shades: "light" } })).toEqual([
      `warning genomics/app: kid.shades ${ignored}; ${lookUp}`,
      "notice genomics/app: kid.shade has no effect with the other values as they are",
    ]);
  }
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
    await warnings("parent", {
      child: { colour: "blue" },
      kids: { colour: "blue" },
      kid: { color: "blue" },
      global: { regoin: "x" },
    }),
  ).toEqual([
    `warning genomics/app: global.regoin ${ignored}; did you mean 'region'?`,
    `warning genomics/app: kid.color ${ignored}; did you mean 'colour'?`,
    `warning genomics/app: kids ${ignored}; did you mean 'kid'?`,
    // A template of the subchart has its name.
    "notice genomics/app: child has no effect with the other values as they are",
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
