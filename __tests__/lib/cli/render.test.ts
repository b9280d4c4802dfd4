import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { fixtureChart, synthesizedOutput, type TestRelease, temporaryFolder, useOwnCache } from "../../support/render";

useOwnCache();

const command = resolve(__dirname, "..", "..", "..", "lib", "cli", "eks-platform.ts");

interface Run {
  readonly exitCode: number | null;
  readonly out: string;
  readonly errors: string;
}

function run(...args: readonly string[]): Run {
  // Jest's process.env is a copy, which children do not get by themselves.
  const options = { encoding: "utf8", env: { ...process.env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", command, ...args], options);
  return { exitCode: status, out: withoutTimes(stdout), errors: withoutTimes(stderr) };
}

function withoutTimes(text: string): string {
  return text.replaceAll(/\d+\.\d s/g, "N s");
}

const good: TestRelease = { name: "api", chart: "echo" };
const suspicious: TestRelease = { name: "api", chart: "echo", values: { replica: 2 } };
const bad: TestRelease = { name: "api", chart: "./assets/gone" };

test("prints progress and one summary, and writes the objects", () => {
  const [out, to] = [synthesizedOutput([good]), temporaryFolder()];
  expect(run("render", "test", "--out", out, "--to", to)).toEqual({
    exitCode: 0,
    out: `test: 1 release, 2 objects in ${to}/test (0 cached, N s)\n`,
    errors: "1/1 rendered genomics/api\n",
  });
  expect(run("render", "test", "--out", out, "--to", to)).toEqual({
    exitCode: 0,
    out: `test: 1 release, 2 objects in ${to}/test (1 cached, N s)\n`,
    errors: "1/1 cached genomics/api\n",
  });
  expect(existsSync(join(to, "test", "genomics", "api", "ConfigMap-api.yaml"))).toBe(true);
});

const warning =
  "warning: genomics/api: replica is ignored: the chart has no such value, and renders the same without it; did you mean 'replicas'? [ignored-value]\n";

test("warnings are shown, and fail on request", () => {
  const args = ["render", "test", "--out", synthesizedOutput([suspicious]), "--to", temporaryFolder()];
  expect(run(...args)).toMatchObject({ exitCode: 0, errors: `1/1 rendered genomics/api\n${warning}` });
  expect(run(...args, "--fail-on-warning")).toMatchObject({
    exitCode: 1,
    errors: `1/1 cached genomics/api\n${warning}eks-platform: test has 1 warning\n`,
  });
});

test("a render that fails leaves what was rendered before", () => {
  const to = temporaryFolder();
  run("render", "test", "--out", synthesizedOutput([good]), "--to", to);
  const file = join(to, "test", "genomics", "api", "ConfigMap-api.yaml");
  const before = readFileSync(file, "utf8");
  expect(run("render", "test", "--out", synthesizedOutput([{ ...good, name: "web" }, bad]), "--to", to)).toEqual({
    exitCode: 1,
    out: "",
    errors: [
      "1/2 failed genomics/api",
      "2/2 rendered genomics/web",
      "error: genomics/api: the chart is not there; run: npx cdktf synth [release]",
      "eks-platform: test has 1 error; nothing was written, what was rendered before stays\n",
    ].join("\n"),
  });
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("for programs the result and all findings are JSON", () => {
  const to = temporaryFolder();
  const { exitCode, out } = run("render", "test", "--out", synthesizedOutput([suspicious]), "--to", to, "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual({
    environment: "test",
    complete: true,
    folder: join(to, "test"),
    releases: [{ source: "genomics/api", outcome: "rendered" }],
    objects: 2,
    findings: [
      {
        severity: "warning",
        check: "ignored-value",
        source: "genomics/api",
        path: "replica",
        message: "is ignored: the chart has no such value, and renders the same without it",
        fix: "did you mean 'replicas'?",
      },
    ],
  });
});

test.each<[string, string[], string]>([
  [
    "an environment that is not there",
    ["render", "prod"],
    'eks-platform: there is no stack "prod" in OUT; run: npx cdktf synth\n',
  ],
  [
    "a Helm that is not there",
    ["render", "test", "--helm", "/nowhere/helm"],
    'eks-platform: "/nowhere/helm" is not there; rendering needs Helm 3, at least 3.14 and not 3.18.0; get one from https://helm.sh/docs/intro/install/ and name it with --helm or EKS_PLATFORM_HELM\n',
  ],
  [
    "no processes",
    ["render", "test", "--concurrency", "0"],
    "error: option '--concurrency <number>' argument '0' is invalid. It must be a whole number of at least 1.\n",
  ],
  [
    "a Kubernetes version that is none",
    ["render", "test", "--kubernetes-version", "foo"],
    "error: option '--kubernetes-version <minor>' argument 'foo' is invalid. It must be one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36.\n",
  ],
])("%s ends in one line", (_, args, errors) => {
  const out = synthesizedOutput([good]);
  const result = run(...args, "--out", out, "--to", temporaryFolder());
  expect(result).toEqual({ exitCode: 1, out: "", errors: errors.replace("OUT", out) });
});

test("a stack that is cut off, and a file for the objects, end in one line each", () => {
  const out = synthesizedOutput([good]);
  const to = join(temporaryFolder(), "file");
  writeFileSync(to, "");
  expect(run("render", "test", "--out", out, "--to", to)).toMatchObject({
    exitCode: 1,
    out: "",
    errors: `1/1 rendered genomics/api\neks-platform: ${to} is a file; give a folder with --to\n`,
  });
  const stack = join(out, "stacks", "test", "cdk.tf.json");
  writeFileSync(stack, '{"resource":');
  for (const command of ["render", "doctor"]) {
    expect(run(command, "test", "--out", out)).toEqual({
      exitCode: 1,
      out: "",
      errors: `eks-platform: ${stack} is not what synth writes; run again: npx cdktf synth\n`,
    });
  }
});

test("the help says what cannot be seen", () => {
  const help = run("render", "--help").out;
  expect(help).toContain("a chart that writes all its values into a ConfigMap, as istiod does");
  expect(help).toContain("a wrong name\nthat happens to be a word in a template is a notice too");
});

test("what HelmRelease synthesises is rendered, values known at apply and CRDs included", () => {
  const outdir = temporaryFolder();
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, "test");
  const namespace = new Namespace(stack, "Namespace", { namespaceName: "genomics", kubernetesVersion: "1.35" });
  const widgets = new HelmRelease(stack, "Widgets", {
    releaseName: "widgets",
    namespace,
    chart: { path: fixtureChart("widgets") },
    crds: "install-once",
  });
  new HelmRelease(stack, "Api", {
    releaseName: "api",
    namespace,
    chart: { path: fixtureChart("echo") },
    after: [widgets],
    values: {
      texts: { literal: "$" + "{HOME} %{x} \u2028", namespace: knownAtApply(namespace.namespaceRef, "an-example") },
    },
  });
  app.synth();
  const to = temporaryFolder();
  expect(run("render", "test", "--out", outdir, "--to", to)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(to, "test", "genomics", "api", "ConfigMap-api.yaml"), "utf8")).toBe(
    [
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata:",
      "  name: api",
      "  namespace: genomics",
      "data:",
      "  release: api",
      "  namespace: an-example",
      "  kubernetes: v1.35.0",
      '  replicas: "1"',
      '  install: "true"',
      '  has-deployment: "true"',
      '  has-widget: "true"',
      '  has-widget-kind: "true"',
      '  literal: "$' + '{HOME} %{x} \\u2028"',
      "",
    ].join("\n"),
  );
});
