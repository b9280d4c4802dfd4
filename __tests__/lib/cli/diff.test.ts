import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DiffCommandOptions, diff, parseAskable } from "../../../lib/cli/diff";
import { synthesizedOutput, type TestRelease, temporaryFolder, useOwnCache } from "../../support/render";

useOwnCache();

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: { helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}" }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: api } }
  template:
    metadata:
      labels: { app: api }
      annotations: { checksum/login: {{ .Values.password | sha256sum }} }
    spec:
      containers:
        - name: api
          image: "registry.example.com/api:{{ .Chart.AppVersion }}"
---
apiVersion: v1
kind: Secret
metadata: { name: login }
data: { password: {{ .Values.password | b64enc }} }
stringData: { random: {{ randAlphaNum 20 }} }
`;

/** A chart of its own, as it lies beside a stack. */
function chart(version: string, template = WORKLOAD): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "templates"));
  writeFileSync(join(folder, "Chart.yaml"), `apiVersion: v2\nname: api\nversion: ${version}\nappVersion: ${version}\n`);
  writeFileSync(join(folder, "values.yaml"), "replicas: 1\npassword: none\n");
  writeFileSync(join(folder, "templates", "all.yaml"), template);
  return folder;
}

const api = (version: string, values: object, more: Partial<TestRelease> = {}): TestRelease => ({
  name: "api",
  chart: chart(version),
  values,
  ...more,
});

interface Outcome {
  readonly output: string;
  readonly exitCode: unknown;
}

async function run(options: Partial<DiffCommandOptions>, environment = "test"): Promise<Outcome> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const before = process.exitCode;
  try {
    await diff(environment, { base: "nowhere", out: "nowhere", format: "text", ...options });
    return { output: written.join(""), exitCode: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
}

const namespace = { kubernetes_namespace_v1: { genomics: { metadata: { name: "genomics" } } } };
const claim = (name: string) => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name} }\n`;

test("a new version of a chart, with other values, shows what it does in the cluster", async () => {
  const base = synthesizedOutput([api("1.4.0", { replicas: 2, password: "TOP-SECRET-1" })], namespace);
  const out = synthesizedOutput([api("1.5.0", { replicas: 3, password: "TOP-SECRET-2" })], namespace);
  expect(await run({ base, out })).toEqual({
    output: `test: 2 changed; releases: 1 changed
  ~ release genomics/api          chart-version
      version                   1.4.0 → 1.5.0
      values                    password, replicas
  ~ Secret genomics/login                          (genomics/api)
      data.password             (changed)
  ~ apps/Deployment genomics/api  image, replicas  (genomics/api)
      metadata.labels["helm.sh/chart"]                      api-1.4.0 → api-1.5.0
      spec.replicas                                         2 → 3
      spec.template.metadata.annotations["checksum/login"]  (changed)
      containers[api].image                                 registry.example.com/api:1.4.0 → 1.5.0

Immutable fields are marked from a list of known ones; there are others.
`,
    exitCode: undefined,
  });
  const [markdown, json] = [await run({ base, out, format: "markdown" }), await run({ base, out, format: "json" })];
  const all = `${markdown.output}${json.output}`;
  expect(all).not.toMatch(/TOP-SECRET|VE9QLVNFQ1JFV/);
  expect(all).toContain("### `test`: 2 changed; releases: 1 changed\n");
  expect(all).toContain('"version": 1,\n');
});

test("nothing differs from itself, although the chart makes something random", async () => {
  const base = synthesizedOutput([api("1.4.0", {})], namespace);
  expect(await run({ base, out: base })).toEqual({ output: "test: no difference\n", exitCode: undefined });
});

test("a release that moves is installed anew: exit code 2, until it is allowed", async () => {
  const template = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: api }\n";
  const base = synthesizedOutput([{ name: "api", chart: chart("1.4.0", template) }]);
  const out = synthesizedOutput([{ name: "api", namespace: "clinical", chart: chart("1.4.0", template) }]);
  expect(await run({ base, out })).toEqual({
    output: `test: 1 added, 1 removed; releases: 1 reinstalled
  ! release clinical/api    reinstall
      ! reinstall: it was genomics/api; Helm can neither rename nor move a release, so the old one is uninstalled and this one installed anew: downtime, and what the old one stored is not taken along
  + ConfigMap clinical/api             (clinical/api)
  - ConfigMap genomics/api             (genomics/api)

Needs an explicit yes:
  reinstall: clinical/api
To say yes: --allow reinstall

Immutable fields are marked from a list of known ones; there are others.
`,
    exitCode: 2,
  });
  expect((await run({ base, out, allow: ["reinstall"] })).exitCode).toBe(undefined);
  expect((await run({ base, out, allow: ["reinstall"], failOn: ["added"] })).exitCode).toBe(2);
});

test("an environment that is only in one of the outputs comes or goes as a whole", async () => {
  const empty = temporaryFolder();
  writeFileSync(join(empty, "manifest.json"), JSON.stringify({ stacks: { other: {} } }));
  const out = synthesizedOutput([{ name: "api", chart: chart("1.4.0", claim("data")) }], namespace);
  expect((await run({ base: empty, out })).output).toBe(`test: the environment is added; 2 added; releases: 1 added
  + release genomics/api
  + PersistentVolumeClaim genomics/data  (genomics/api)
  + Namespace genomics                   (platform)

Immutable fields are marked from a list of known ones; there are others.
`);
  const removed = await run({ base: out, out: empty });
  expect(removed.exitCode).toBe(2);
  expect(removed.output).toContain(
    "Needs an explicit yes:\n  removed-data: PersistentVolumeClaim genomics/data\n  removed-data: Namespace genomics\n",
  );
});

async function refusal(options: Partial<DiffCommandOptions>, environment?: string): Promise<string> {
  return run(options, environment).then(
    () => "no error",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

test("folders that are no outputs, and environments that are in none, are one line each", async () => {
  const out = synthesizedOutput([]);
  const empty = temporaryFolder();
  expect(await refusal({ base: empty, out })).toBe(
    `CommandError: there is no output of cdktf in ${empty}; give the folder that \`npx cdktf synth --output <folder>\` wrote for the base`,
  );
  expect(await refusal({ base: out, out: empty })).toBe(
    `CommandError: there is no output of cdktf in ${empty}; run: npx cdktf synth`,
  );
  expect(await refusal({ base: out, out }, "staging")).toBe(
    `CommandError: there is no stack "staging" in ${out} or ${out}; give one of: test`,
  );
});

test("an output that a failed synth left without a stack is an error, and never a removal", async () => {
  const out = synthesizedOutput([], namespace);
  const [empty, begun, none] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  mkdirSync(join(empty, "stacks"));
  mkdirSync(join(begun, "stacks", "test"), { recursive: true });
  writeFileSync(join(none, "manifest.json"), '{"stacks": {}}');
  for (const failed of [empty, begun, none]) {
    expect(await refusal({ base: out, out: failed })).toBe(
      `CommandError: there is no stack at all in ${failed}; run: npx cdktf synth`,
    );
    expect(await refusal({ base: failed, out })).toBe(
      `CommandError: there is no stack at all in ${failed}; give the folder that \`npx cdktf synth --output <folder>\` wrote for the base`,
    );
  }
});

test("an environment is removed if the output has other stacks, without a manifest too", async () => {
  const base = synthesizedOutput([], namespace);
  const out = temporaryFolder();
  mkdirSync(join(out, "stacks", "other"), { recursive: true });
  writeFileSync(join(out, "stacks", "other", "cdk.tf.json"), "{}");
  expect((await run({ base, out })).output).toContain("test: the environment is removed; 1 removed");
});

test.each(["manifest.json", "stacks/test/cdk.tf.json"])("a %s that is cut off is one line", async (file) => {
  const [base, out] = [synthesizedOutput([]), synthesizedOutput([])];
  writeFileSync(join(out, file), '{"stacks": {');
  expect(await refusal({ base, out })).toBe(
    `RenderError: ${out}/${file} is not what synth writes; run again: npx cdktf synth`,
  );
});

test("what cannot be rendered is an error, and never a removal", async () => {
  const base = synthesizedOutput([api("1.4.0", {})]);
  const out = synthesizedOutput([{ name: "api", chart: chart("1.4.0", '{{ fail "no" }}') }]);
  expect(await refusal({ base, out })).toMatch(
    /^CommandError: test in \S+ cannot be rendered: genomics\/api .*no; run: eks-platform render test --out \S+$/,
  );
});

test("names are read from lists with commas, as often as they are given", () => {
  expect(parseAskable("reinstall, image", parseAskable("moved"))).toEqual(["moved", "reinstall", "image"]);
  expect(() => parseAskable("image,tag")).toThrow(
    '"tag" is not one of reinstall, removed-data, immutable, pod-security-loosened, rbac-widened, network-policy-removed, network-policy-widened, moved, kept, release-removed, release-added, chart, chart-version, image, replicas, resources, added, removed, changed.',
  );
});

test("on the command line", () => {
  const base = synthesizedOutput([], namespace);
  const out = synthesizedOutput([]);
  const call = (...args: string[]) => {
    const command = [
      "--import",
      "tsx",
      "lib/cli/eks-platform.ts",
      "diff",
      "test",
      "--base",
      base,
      "--out",
      out,
      ...args,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    return { status, stdout, stderr };
  };
  expect(call("--format", "json", "--fail-on", "removed")).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('"asks": [\n    {\n      "what": "removed-data",'),
    stderr: "",
  });
  expect(call("--allow", "removed-data")).toMatchObject({ status: 0, stderr: "" });
  expect(call("--allow", "everything")).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("error: option '--allow <names>' argument 'everything' is invalid."),
  });
}, 60_000);
