import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chartYamlFaults } from "../../tools/chart-lint/chart-yaml";
import { lintedCharts, ownChart } from "../../tools/chart-lint/charts";
import { report } from "../../tools/chart-lint/check";
import { withHelm } from "../../tools/chart-lint/helm-checks";
import { lintChart } from "../../tools/chart-lint/lint-chart";
import { lineFaults, yamlFaults } from "../../tools/chart-lint/text-style";
import { valuesSchemaFaults } from "../../tools/chart-lint/values-schema";
import { findBase, versionCheck } from "../../tools/chart-lint/version-rule";

jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chart-lint-test-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a Chart.yaml says what Helm and people need", () => {
  const good = "apiVersion: v2\nname: api\nversion: 1.0.0\ndescription: An API\ntype: application\n";
  expect(chartYamlFaults(good, "api")).toEqual([]);
  expect(chartYamlFaults(`${good}kubeVersion: ">=1.31.0-0"\nappVersion: "1"\n`, "api")).toEqual([]);
  expect(chartYamlFaults("version: v1\nname: app\nappVersion: 1.0\nkubeVersion: new\nvalues: {}\n", "api")).toEqual([
    "Chart.yaml: apiVersion must be v2",
    "Chart.yaml: version must be a semantic version",
    "Chart.yaml: description must be a sentence",
    "Chart.yaml: type must be application or library",
    "Chart.yaml: name must be api",
    "Chart.yaml: kubeVersion must be a range of versions",
    "Chart.yaml: appVersion must be a text: quote it",
    "Chart.yaml: values is no field of Helm's",
  ]);
});

test("lines have no tabs, no blanks at their end and a length that can be read", () => {
  expect(lineFaults("a.yaml", "a: 1\n")).toEqual([]);
  expect(lineFaults("a.yaml", `a:\t1\nb: 1 \nc: 1\r\nd: ${"x".repeat(138)}`)).toEqual([
    "a.yaml:1 has a tab",
    "a.yaml:2 ends with blanks",
    "a.yaml:3 ends with a carriage return",
    "a.yaml:4 has 141 characters, more than 140",
    "a.yaml must end with one line break",
  ]);
});

test("a key that stands twice in a map is found", () => {
  expect(yamlFaults("values.yaml", "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")).toEqual([
    "values.yaml:4 Map keys must be unique",
    "values.yaml:5 Map keys must be unique",
  ]);
});

const $schema = "http://json-schema.org/draft-07/schema#";

test("values and their schema have the same keys, and the schema takes no others", () => {
  const text = JSON.stringify({
    $schema,
    type: "object",
    additionalProperties: false,
    properties: {
      global: { type: "object" },
      image: { $ref: "#/definitions/image" },
      env: { type: "object", additionalProperties: { type: "string" } },
      hosts: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
      unset: { type: "string" },
    },
    definitions: { image: { type: "object", properties: { tag: {}, digest: {} }, required: ["tag"] } },
  });
  expect(valuesSchemaFaults(text, "image: { repository: a }\nenv: { A: b }\nhosts: []\nmore: 1\n")).toEqual([
    "image: must have additionalProperties: false",
    "hosts[]: must have additionalProperties: false",
    "more: is in values.yaml, not in the schema",
    "unset: is in the schema, not in values.yaml",
    "image.repository: is in values.yaml, not in the schema",
    "image.tag: is in the schema, not in values.yaml",
  ]);
});

test("a schema that is none is found", () => {
  expect(valuesSchemaFaults('{ "type": "map" }', "")).toEqual(["values.schema.json: $schema must say the draft"]);
  expect(valuesSchemaFaults(JSON.stringify({ $schema, minimum: "1" }), "")).toEqual([
    "values.schema.json: /minimum must be number",
  ]);
});

test("all charts of the repository pass", async () => {
  const found = await withHelm(async (run) => {
    const options = { run, base: { leftOut: "not asked" }, pages: "docs/charts" };
    const checks = lintedCharts().map(async (chart) => [chart.name, await lintChart(chart, options)] as const);
    return new Map(await Promise.all(checks));
  });
  expect([...found.keys()]).toEqual([
    "custom-resources",
    "platform-info",
    "syndromic-surveillance-api",
    "web-application",
  ]);
  const { lines, failed } = report(found);
  expect(lines.filter((line) => line.startsWith("failed"))).toEqual([]);
  expect(failed).toBe(0);
});

function writeChart(files: Readonly<Record<string, string>>): string {
  const chart = join(folder, "api");
  cpSync("charts/platform-info", chart, { recursive: true });
  const own = { "Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\ndescription: An API\ntype: application\n" };
  for (const [file, text] of Object.entries({ ...own, ...files })) writeFileSync(join(chart, file), text);
  return chart;
}

async function lint(chart: string): Promise<string[]> {
  const checks = await withHelm((run) =>
    lintChart(ownChart(chart), { run, base: { leftOut: "not asked" }, pages: folder }),
  );
  return report(new Map([["api", checks]])).lines;
}

test("every check shows all its faults, whatever the others found", async () => {
  const chart = writeChart({
    "values.yaml": "info: 1\n",
    "templates/twice.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b} \ndata: {c: d}\n",
  });
  expect(await lint(chart)).toEqual([
    "passed    api: Chart.yaml",
    "failed    api: style",
    "          templates/twice.yaml:4 ends with blanks",
    "passed    api: schema of values",
    "failed    api: helm lint --strict, defaults",
    "          [ERROR] values.yaml: - info: Invalid type. Expected: object, given: integer",
    expect.stringMatching(/^ {10}\[ERROR\] templates\/: values don't meet the specifications of the schema/),
    "          - info: Invalid type. Expected: object, given: integer",
    "failed    api: helm template, defaults",
    expect.stringMatching(/^ {10}Error: values don't meet the specifications of the schema/),
    "          api:",
    "          - info: Invalid type. Expected: object, given: integer",
    "failed    api: page",
    "          values.yaml: no comment above info",
    "left out  api: version: not asked",
    "2 passed, 4 failed, 1 left out",
  ]);
});

test("a key that a template writes twice is found in what it renders", async () => {
  const chart = writeChart({
    "templates/twice.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\ndata: {c: d}\n",
  });
  const lines = await lint(chart);
  expect(lines).toContain("failed    api: helm template, defaults");
  expect(lines).toContain("          ConfigMap: the key data is there twice in a map");
});

test("a chart may ask for values in its own words, but not break without them", async () => {
  const chart = writeChart({
    "templates/asks.yaml": '{{ required "info.region: must be given" .Values.info.region }}\n',
  });
  const without = await lint(chart);
  expect(without).toContain("failed    api: helm template, defaults");
  cpSync("charts/syndromic-surveillance-api/ci", join(chart, "ci"), { recursive: true });
  for (const file of ["bare", "digest", "full"]) rmSync(join(chart, "ci", `${file}-values.yaml`));
  writeFileSync(join(chart, "ci", "minimal-values.yaml"), 'info: { region: "a: b" }\n');
  expect(await lint(chart)).toContain(
    "left out  api: helm template, defaults: the chart asks for more: " +
      "Error: execution error at (api/templates/asks.yaml:1:3): info.region: must be given",
  );
  writeFileSync(join(chart, "templates", "asks.yaml"), "a: {{ .Values.info.place.region }}\n");
  expect(await lint(chart)).toContain("failed    api: helm template, defaults");
});

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

test("a chart that changed must have a higher version", () => {
  git("init", "--quiet", "--initial-branch", "main");
  for (const path of ["charts/api/ci", "charts/other"]) mkdirSync(join(folder, path), { recursive: true });
  for (const name of ["api", "other"]) write(`charts/${name}/Chart.yaml`, `name: ${name}\nversion: 1.9.0\n`);
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  const base = findBase("main", folder);
  const faults = (chart: string) => versionCheck(`charts/${chart}`, base, folder).faults;

  expect(faults("api")).toEqual([]);
  write("charts/api/ci/full-values.yaml", "a: 1\n");
  write("charts/api/.helmignore", "ci/\n");
  write("charts/api/README.md", "# api\n");
  expect(faults("api")).toEqual([]);
  write("charts/api/values.yaml", "a: 1\n");
  const fault = "charts/api/values.yaml changed since main: version must be higher than 1.9.0, got 1.9.0";
  expect(faults("api")).toEqual([fault]);
  git("checkout", "--quiet", "-b", "work");
  git("add", ".");
  git("commit", "--quiet", "--message", "values");
  expect(faults("api")).toEqual([fault]);
  write("charts/api/Chart.yaml", "name: api\nversion: 1.8.9\n");
  expect(faults("api")).toEqual([
    "charts/api/Chart.yaml, charts/api/values.yaml changed since main: version must be higher than 1.9.0, got 1.8.9",
  ]);
  write("charts/api/Chart.yaml", "name: api\nversion: 1.10.0\n");
  expect(faults("api")).toEqual([]);
  expect(faults("other")).toEqual([]);
  expect(faults("new")).toEqual([]);
});

test("without a commit to compare with the rule is left out, with one that is not there it is an error", () => {
  git("init", "--quiet", "--initial-branch", "main");
  git("commit", "--quiet", "--allow-empty", "--message", "first");
  expect(findBase(undefined, folder)).toEqual({ leftOut: "there is no origin/main; name a commit with --base" });
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  const same = "origin/main is the commit at hand; name another one with --base";
  expect(findBase(undefined, folder)).toEqual({ leftOut: same });
  expect(() => findBase("nowhere", folder)).toThrow("--base nowhere: git knows no such commit");
  const first = git("rev-parse", "HEAD");
  git("commit", "--quiet", "--allow-empty", "--message", "second");
  expect(findBase(undefined, folder)).toEqual({ commit: first, ref: "origin/main" });
});
