import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect as importedExpect } from "@jest/globals";
import { TerraformStack } from "cdktf";
import "../../../../lib/testing/jest";
import { stackSerializer } from "../../../../lib/testing/jest/serializer";
import { refuseUpdateInCi } from "../../../../lib/testing/recording/refuse-update";
import { synthesize } from "../../../../lib/testing/stack/synthesize";
import { say } from "../../../support/namespaces";
import { fixtureChart, synthesizedOutput, useOwnCache } from "../../../support/render";
import { testApp } from "../../../support/synth";
import { cleanEnvironment, setEnvironment } from "../environment";

useOwnCache();
cleanEnvironment();
const folder = mkdtempSync(join(tmpdir(), "testing-jest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stack = synthesize({ resource: { aws_subnet: { A: { cidr_block: "10.0.0.0/24" } } } });
const closed = say(() => {}).json;
const isolated = { from: "genomics", to: "reports" };

/** What a matcher says. */
function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the matcher passes");
}

test("each matcher passes where its function does, by the global expect and by the imported one", async () => {
  expect(stack).toHaveResource("aws_subnet", { cidr_block: "10.0.0.0/24" });
  importedExpect(stack).toHaveResource("aws_subnet");
  expect(stack).not.toHaveResource("aws_subnet", { cidr_block: "10.0.1.0/24" });
  expect(stack).toHaveResourceCount("aws_subnet", 1);
  expect(closed).toIsolate("genomics", "reports");
  importedExpect(closed).toConnect("default", "kube-system", { port: 53 });
  expect(stack).toDestroyNothingSince(stack);
  const file = join(folder, "addresses");
  writeFileSync(file, "aws_subnet.A\n");
  expect(stack).toHaveAddressesOf(file);
  const out = synthesizedOutput([{ name: "echo", chart: "echo" }]);
  await expect(out).toRenderTo({ kind: "ConfigMap", name: "echo" });
  await importedExpect(out).not.toRenderTo({ kind: "ConfigMap", name: "other" });
});

test("each matcher fails with the words of its function", async () => {
  expect(messageOf(() => expect(stack).toHaveResource("aws_vpc"))).toBe(
    "there is no aws_vpc in the stack; there are: aws_subnet",
  );
  expect(messageOf(() => expect(stack).not.toHaveResource("aws_subnet"))).toBe(
    "the stack must have no aws_subnet; there is: aws_subnet.A",
  );
  expect(messageOf(() => expect(stack).toHaveResourceCount("aws_subnet", 2))).toBe(
    "the stack must have 2 aws_subnet, got 1; there is: aws_subnet.A",
  );
  expect(messageOf(() => expect(closed).toIsolate("default", "kube-system"))).toContain("reach pods of kube-system");
  expect(messageOf(() => expect(closed).toConnect("genomics", "reports", { port: 1 }))).toContain("do not reach");
  expect(messageOf(() => expect({ resource: {} }).toDestroyNothingSince(stack))).toContain("aws_subnet.A is not in");
  const file = join(folder, "other");
  writeFileSync(file, "aws_subnet.B\n");
  expect(messageOf(() => expect(stack).toHaveAddressesOf(file))).toContain("- aws_subnet.B");
  const out = synthesizedOutput([{ name: "echo", chart: fixtureChart("echo") }]);
  await expect(expect(out).toRenderTo({ kind: "ConfigMap", name: "other" })).rejects.toThrow("renders no ConfigMap");
  await expect(expect(out).not.toRenderTo({ kind: "ConfigMap", name: "echo" })).rejects.toThrow("must render no");
});

test("what cannot be answered fails under .not too", async () => {
  expect(messageOf(() => expect(stack).not.toHaveResource("aws_subent"))).toContain("is not known as a resource type");
  expect(messageOf(() => expect(closed).toIsolate("gnomics", isolated.to))).toContain("nothing is known");
  const kind = expect(closed).not.toRenderTo({ kind: "Pood", name: "a" });
  await expect(kind).rejects.toThrow('"Pood" is not known as a kind');
});

test("a matcher without an opposite says what to use", () => {
  const no = "this matcher has no .not: ";
  expect(messageOf(() => expect(closed).not.toIsolate("genomics", "reports"))).toBe(`${no}use toConnect`);
  expect(messageOf(() => expect(closed).not.toConnect("genomics", "reports", { port: 1 }))).toBe(`${no}use toIsolate`);
  expect(messageOf(() => expect(stack).not.toDestroyNothingSince(stack))).toBe(`${no}use its option 'allow'`);
  expect(messageOf(() => expect(stack).not.toHaveResourceCount("aws_subnet", 2))).toBe(
    `${no}say what is expected instead`,
  );
});

test("a stack is written to a snapshot as snapshotOf shows it", () => {
  expect(stack).toMatchInlineSnapshot(`
{
  "//": {
    "snapshot": {
      "form": 1,
      "stack": "the stack"
    }
  },
  "resource": {
    "aws_subnet": {
      "A": {
        "cidr_block": "10.0.0.0/24"
      }
    }
  }
}
`);
  const { test: isStack, serialize } = stackSerializer;
  const inCode = new TerraformStack(testApp(), "code");
  expect([stack, inCode, testApp(), {}, null, "text"].map(isStack)).toEqual([true, true, true, false, false, false]);
  expect(JSON.parse(serialize(inCode))).toMatchObject({ "//": { snapshot: { stack: "code" } } });
});

test("an app is written to a snapshot as its stacks, by their names", () => {
  const app = testApp();
  new TerraformStack(app, "staging");
  new TerraformStack(app, "prod");
  const { serialize } = stackSerializer;
  expect(Object.entries(JSON.parse(serialize(app)))).toMatchObject([
    ["prod", { "//": { snapshot: { stack: "prod" } } }],
    ["staging", { "//": { snapshot: { stack: "staging" } } }],
  ]);
  expect(() => serialize(testApp())).toThrow(new Error("the app has no stack: nothing can be compared"));
  const one = testApp();
  new TerraformStack(one, "dev").addOverride("terraform", { required_version: ">= 1.11.0" });
  importedExpect(one).toMatchInlineSnapshot(`
{
  "dev": {
    "//": {
      "snapshot": {
        "form": 1,
        "stack": "dev"
      }
    },
    "terraform": {
      "backend": {
        "local": {
          "path": "<project>/terraform.dev.tfstate"
        }
      },
      "required_version": ">= 1.11.0"
    }
  }
}
`);
});

test.each([
  ["all", "without -u (--updateSnapshot)"],
  ["new", "with --ci"],
])("in CI, mode %s is refused", (mode, asked) => {
  const state = { snapshotState: { _updateSnapshot: mode } };
  expect(() => refuseUpdateInCi(state)).not.toThrow();
  setEnvironment({ CI: "true" });
  expect(() => refuseUpdateInCi(state)).toThrow(
    new Error(`snapshots are not written in CI: run the tests ${asked}, and renew them on your machine`),
  );
  expect(() => refuseUpdateInCi({ snapshotState: { _updateSnapshot: "none" } })).not.toThrow();
});

test("a run of Jest with -u fails in CI, and passes elsewhere", () => {
  const adapter = resolve("lib/testing/jest/index.ts");
  const config = {
    rootDir: folder,
    testMatch: ["**/*.check.js"],
    setupFilesAfterEnv: [adapter],
    transform: { "\\.ts$": [require.resolve("@swc/jest"), { jsc: { parser: { syntax: "typescript" } } }] },
  };
  writeFileSync(join(folder, "jest.config.json"), JSON.stringify(config));
  writeFileSync(
    join(folder, "a.check.js"),
    'test("a", () => expect({ resource: { aws_vpc: { A: {} } } }).toHaveResource("aws_vpc"));',
  );
  const run = (ci: string) =>
    spawnSync(
      process.execPath,
      [require.resolve("jest/bin/jest"), "--config", join(folder, "jest.config.json"), "-u", "--no-cache", "-i"],
      { encoding: "utf8", env: { ...process.env, CI: ci }, cwd: folder },
    );
  const refused = run("true");
  expect(refused.stderr).toContain("snapshots are not written in CI: run the tests without -u (--updateSnapshot)");
  expect(refused.status).toBe(1);
  const passed = run("");
  expect(passed.stderr).toContain("1 passed");
  expect(passed.status).toBe(0);
});
