import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Faults } from "../../../lib/core/faults";
import type { ChartSource, CrdStrategy, RepositoryChart } from "../../../lib/helm/chart-source";
import { checkChart } from "../../../lib/helm/check-chart";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const inRepository: RepositoryChart = { repository: "https://charts.example.com", name: "api", version: "1.2.3" };
const TOKEN =
  "must be known at synth, got a token at test; write the value itself instead of another resource's attribute";
const EXACT = `for example "3.13.1": a range or a tag that moves installs something else tomorrow`;

function check(chart: ChartSource, crds?: CrdStrategy): void {
  const faults = new Faults("test");
  checkChart(faults, (name) => name, chart, crds);
  faults.throwIfAny();
}

test.each<[string, Partial<RepositoryChart>]>([
  ["a version with v", { version: "v1.21.1" }],
  ["a pre-release", { version: "1.2.3-rc.1" }],
  ["a version with build data", { version: "1.2.3+abc" }],
  ["a repository with a path and a port", { repository: "https://charts.example.com:8443/stable/charts/" }],
  ["an OCI registry", { repository: "oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts" }],
  ["a name with digits and dots", { name: "2d.chart_a-b" }],
])("takes %s", (_, chart) => {
  expect(() => check({ ...inRepository, ...chart })).not.toThrow();
});

test.each<[string, Partial<RepositoryChart>, string]>([
  ["no version", { version: "" }, `'chart.version' must be one exact version, got "" at test; ${EXACT}`],
  ["latest", { version: "latest" }, `'chart.version' must be one exact version, got "latest" at test; ${EXACT}`],
  ["a part of a version", { version: "1.2" }, `'chart.version' must be one exact version, got "1.2" at test; ${EXACT}`],
  ["any version", { version: "*" }, `'chart.version' must be one exact version, got "*" at test; ${EXACT}`],
  ["a caret", { version: "^1.0.0" }, `'chart.version' must be one exact version, got "^1.0.0" at test; ${EXACT}`],
  ["a tilde", { version: "~1.0.0" }, `'chart.version' must be one exact version, got "~1.0.0" at test; ${EXACT}`],
  ["an open range", { version: ">=1" }, `'chart.version' must be one exact version, got ">=1" at test; ${EXACT}`],
  ["an x", { version: "1.2.x" }, `'chart.version' must be one exact version, got "1.2.x" at test; ${EXACT}`],
  ["spaces", { version: " 1.2.3" }, `'chart.version' must be one exact version, got " 1.2.3" at test; ${EXACT}`],
  [
    "a range",
    { version: "1.0.0 - 2.0.0" },
    `'chart.version' must be one exact version, got "1.0.0 - 2.0.0" at test; ${EXACT}`,
  ],
  ["a version known at apply", { version: aToken() }, `'chart.version' ${TOKEN}`],
  ["a name known at apply", { name: aToken() }, `'chart.name' ${TOKEN}`],
  ["a repository known at apply", { repository: aToken() }, `'chart.repository' ${TOKEN}`],
  [
    "plain HTTP",
    { repository: "http://charts.example.com" },
    `'chart.repository' must begin with https:// or oci://, got "http://charts.example.com" at test`,
  ],
  [
    "an address without a host",
    { repository: "https://" },
    `'chart.repository' must begin with https:// or oci://, got "https://" at test`,
  ],
  [
    "an address with a query",
    { repository: "https://charts.example.com/?a=b" },
    `'chart.repository' must begin with https:// or oci:// at test`,
  ],
  [
    "an address as name, and does not repeat its login",
    { name: "oci://me:hunter2@charts.example.com/api" },
    "'chart.name' must be the chart's name, without a path at test",
  ],
  [
    "an address as version, and does not repeat what is signed",
    { version: "https://charts.example.com/api?signature=hunter2" },
    `'chart.version' must be one exact version at test; ${EXACT}`,
  ],
  [
    "a name with a path",
    { name: "stable/api" },
    `'chart.name' must be the chart's name, without a path, got "stable/api" at test`,
  ],
  ["a path as name", { name: "./api" }, `'chart.name' must be the chart's name, without a path, got "./api" at test`],
])("refuses %s", (_, chart, message) => {
  expect(messageOf(() => check({ ...inRepository, ...chart }))).toBe(message);
});

test.each([
  "https://me:hunter2@charts.example.com",
  "https://me:hunter2/@charts.example.com/a",
  "http://me:hun@ter2@charts.example.com",
  "oci://hunter2@charts.example.com/charts",
])("refuses a login in %s, and does not repeat it", (repository) => {
  expect(messageOf(() => check({ ...inRepository, repository }))).toBe(
    "'chart.repository' must not hold a login at test; log in before Terraform runs: `helm registry login`",
  );
});

test("all faults at once, a line each", () => {
  const chart = { repository: "http://charts.example.com", name: "Api", version: "latest" };
  expect(messageOf(() => check(chart, "never" as CrdStrategy))).toBe(
    [
      `'crds' must be one of "templates", "elsewhere", "install-once", got "never" at test`,
      `'chart.repository' must begin with https:// or oci://, got "http://charts.example.com" at test`,
      `'chart.name' must be the chart's name, without a path, got "Api" at test`,
      `'chart.version' must be one exact version, got "latest" at test; ${EXACT}`,
    ].join("\n"),
  );
});

test.each<[string, string, string]>([
  ["a path that is not there", "charts/missing", "must be a folder that exists, or a .tgz archive"],
  ["an archive that is not there", "charts/missing.tgz", "must be an archive that exists"],
  ["a folder that is no chart", "charts", "must be a folder with a Chart.yaml"],
])("refuses %s", (_, path, rule) => {
  expect(messageOf(() => check({ path }))).toBe(`'chart.path' ${rule}, got "${path}" at test`);
});

test.each(["https://me:hunter2@charts.example.com/api.tgz", "https://charts.example.com/?signature=hunter2/api.tgz"])(
  "does not repeat the path %s",
  (path) => {
    expect(messageOf(() => check({ path }))).toBe("'chart.path' must be an archive that exists at test");
  },
);

test("a local chart with a folder crds must say how they come in, other charts need not", () => {
  const path = mkdtempSync(join(tmpdir(), "check-chart-"));
  try {
    writeFileSync(join(path, "Chart.yaml"), "name: chart\n");
    expect(() => check({ path })).not.toThrow();
    mkdirSync(join(path, "crds"));
    expect(messageOf(() => check({ path }))).toBe(
      `'crds' must be given for a chart with a folder 'crds' at test; "elsewhere" if another release brings them, "install-once" if nothing ever upgrades them`,
    );
    for (const crds of ["templates", "elsewhere", "install-once"] as const)
      expect(() => check({ path }, crds)).not.toThrow();
  } finally {
    rmSync(path, { recursive: true });
  }
});
