import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CI_VARIABLES, isCi } from "../../../../lib/testing/recording/ci";
import { refuseUpdateInCi } from "../../../../lib/testing/recording/refuse-update";
import { cleanEnvironment, setEnvironment } from "../environment";

cleanEnvironment();
const folder = mkdtempSync(join(tmpdir(), "testing-ci-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["GitHub Actions", { CI: "true", GITHUB_ACTIONS: "true" }],
  ["Jenkins", { JENKINS_URL: "https://ci.example.com", BUILD_NUMBER: "1" }],
  ["Jenkins alone", { JENKINS_URL: "https://ci.example.com" }],
  ["CodeBuild", { CODEBUILD_BUILD_ID: "a:1" }],
  ["Azure Pipelines", { TF_BUILD: "True" }],
  ["TeamCity", { TEAMCITY_VERSION: "2024.03" }],
  ["Buildkite", { BUILDKITE: "true" }],
])("%s is CI", (_name, variables) => {
  expect(isCi()).toBe(false);
  setEnvironment(variables);
  expect(isCi()).toBe(true);
});

test("CI=false is not CI, whatever else is set, and neither is an empty variable", () => {
  setEnvironment({ CI: "false", BUILDKITE: "true" });
  expect(isCi()).toBe(false);
  setEnvironment({ CI: "" });
  expect(isCi()).toBe(false);
});

test("each variable is known by which Jest knows a service", () => {
  const jest = createRequire(createRequire(require.resolve("jest")).resolve("jest-cli"));
  const config = createRequire(jest.resolve("jest-config"));
  const vendors = JSON.parse(readFileSync(config.resolve("ci-info/vendors.json"), "utf8")) as { env: unknown }[];
  const alone = vendors.map(({ env }) => env).filter((env) => typeof env === "string");
  expect(alone.length).toBeGreaterThan(30);
  expect(alone.filter((name) => !CI_VARIABLES.includes(name))).toEqual([]);
});

test("without a state of a runner nothing is refused", () => {
  setEnvironment({ CI: "true" });
  expect(() => refuseUpdateInCi({})).not.toThrow();
});

const refused = "snapshots are not written in CI: run the tests without -u (--updateSnapshot)";

test.each([
  ["the global expect", true, ""],
  ["an imported expect", false, 'const { test, expect } = require("@jest/globals");'],
])("a test with %s and the functions alone cannot write its snapshot in CI", (_name, injectGlobals, head) => {
  const config = {
    rootDir: folder,
    testMatch: ["**/*.check.js"],
    injectGlobals,
    transform: { "\\.ts$": [require.resolve("@swc/jest"), { jsc: { parser: { syntax: "typescript" } } }] },
    modulePaths: [resolve("node_modules")],
  };
  const stack = "{ resource: { aws_vpc: { A: {} } } }";
  writeFileSync(join(folder, "jest.config.json"), JSON.stringify(config));
  writeFileSync(
    join(folder, "a.check.js"),
    `${head}
const { snapshotOf, snapshotText } = require(${JSON.stringify(resolve("lib/testing/snapshot/snapshot.ts"))});
test("object", () => expect(snapshotOf(${stack})).toMatchSnapshot());
test("text", () => expect(snapshotText(${stack})).toMatchSnapshot());`,
  );
  const run = (variables: NodeJS.ProcessEnv, ...options: string[]) =>
    spawnSync(
      process.execPath,
      [require.resolve("jest/bin/jest"), "--config", join(folder, "jest.config.json"), "-i", ...options],
      { encoding: "utf8", env: { ...process.env, ...variables }, cwd: folder },
    );
  for (const variables of [{ CI: "true" }, { TEAMCITY_VERSION: "2024.03" }]) {
    const inCi = run(variables, "-u");
    expect(inCi.stderr).toContain("2 failed");
    expect(inCi.stderr).toContain(refused);
    expect(inCi.status).toBe(1);
  }
  const here = run({}, "-u");
  expect(here.stderr).toContain("2 passed");
  const compared = run({ CI: "true" });
  expect(compared.stderr).toContain("2 passed");
  expect(compared.status).toBe(0);
  rmSync(join(folder, "__snapshots__"), { recursive: true });
});
