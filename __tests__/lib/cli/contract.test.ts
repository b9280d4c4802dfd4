import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ContractOptions, contract } from "../../../lib/cli/contract";
import { REQUIRED } from "../../../lib/cli/contract/contract-text";
import { smallContract } from "../../support/team-contract";

const folder = mkdtempSync(join(tmpdir(), "contract-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;

/** An output of synth with the contracts of these teams for staging, as Terraform's strings have them. */
function synthesized(contracts: Readonly<Record<string, string>>, more: object = {}): string {
  folders += 1;
  const out = join(folder, `out-${folders}`);
  mkdirSync(join(out, "stacks", "staging"), { recursive: true });
  const parameters = Object.entries(contracts).map(([team, value]) => [
    `Contract_${team}`,
    { name: `/eks-platform/staging/${team}/contract`, type: "String", insecure_value: value },
  ]);
  const resource = { aws_ssm_parameter: { ...Object.fromEntries(parameters), ...more } };
  writeFileSync(join(out, "stacks", "staging", "cdk.tf.json"), JSON.stringify({ resource }));
  return out;
}

const whole = {
  contractVersion: "1.0",
  writtenBy: "cdktf-eks-platform 0.1.0",
  environment: "staging",
  stage: "staging",
  removal: "retain",
  ...Object.fromEntries(REQUIRED.object.map((key) => [key, {}])),
};

const textOf = (team: string, more: object = {}) => JSON.stringify({ ...whole, team, ...more }, undefined, 1);

interface Outcome {
  readonly out: string;
  readonly error?: string;
}

/** As the program calls it, in this process. */
async function run(options: Partial<ContractOptions>, environment = "staging"): Promise<Outcome> {
  const written: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line) => void written.push(`${line}\n`));
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  try {
    await contract(environment, { out: "nowhere", ssm: false, check: false, ...options });
    return { out: written.join("") };
  } catch (problem) {
    return { out: written.join(""), error: `${(problem as Error).name}: ${(problem as Error).message}` };
  } finally {
    log.mockRestore();
    write.mockRestore();
  }
}

test("writes the same bytes to a file whose folder is not there yet", async () => {
  const text = `${textOf("genomics", { tags: { Note: "größe" } })}\n\n`;
  const file = join(folder, "new", "contracts", "staging.json");
  const out = synthesized({ genomics: text, imaging: textOf("imaging") });
  expect(await run({ out, team: "genomics", file })).toEqual({
    out: `${file}: contract of genomics for staging, written\n`,
  });
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(readdirSync(join(folder, "new", "contracts"))).toEqual(["staging.json"]);
});

test("a file that is the same is not written again", async () => {
  const file = join(folder, "same.json");
  const out = synthesized({ genomics: textOf("genomics") });
  await run({ out, file });
  const { ino } = statSync(file);
  expect(await run({ out, file })).toEqual({ out: `${file}: contract of genomics for staging, as it was\n` });
  expect(statSync(file).ino).toBe(ino);
});

test("the only team with a contract need not be named, and standard output gets the bytes alone", async () => {
  const out = synthesized({ genomics: textOf("genomics") });
  expect(await run({ out, file: "-" })).toEqual({ out: textOf("genomics") });
});

test("what Terraform would read as a template is text", async () => {
  const text = textOf("genomics", { tags: { Note: "100 %{ of ${ it" } });
  const out = synthesized({ genomics: text.replaceAll(/[$%]\{/g, (mark) => `${mark[0]}${mark}`) });
  expect(await run({ out, file: "-" })).toEqual({ out: text });
});

test("other parameters are no contracts", async () => {
  const out = synthesized(
    { genomics: textOf("genomics") },
    {
      Live: { name: "/eks-platform/staging/live", insecure_value: "{}" },
      Other: { name: "/eks-platform/dev/imaging/contract", insecure_value: "{}" },
      Deeper: { name: "/eks-platform/staging/a/b/contract", insecure_value: "{}" },
    },
  );
  expect(await run({ out, file: "-" })).toEqual({ out: textOf("genomics") });
});

test.each<[string, Partial<ContractOptions>, string]>([
  [
    "two teams and none is named",
    { out: synthesized({ imaging: textOf("imaging"), genomics: textOf("genomics") }) },
    'environment "staging" has 2 contracts; give one with --team: genomics, imaging',
  ],
  ["--ssm without a team", { ssm: true }, "--team is missing; with --ssm there is no list of teams"],
  ["a region without --ssm", { region: "eu-west-3" }, "--region is for --ssm; add --ssm, or leave it out"],
  ["--check of standard output", { check: true, file: "-" }, "--check compares with a file; give --file"],
  ["a team that is a path", { team: "../x" }, `--team must be lower-case letters, digits and '-', got "../x"`],
])("%s is one line", async (_, options, message) => {
  expect(await run(options)).toEqual({ out: "", error: `CommandError: ${message}` });
});

test("an environment that is a path is one line", async () => {
  expect((await run({}, "../staging")).error).toBe(
    `CommandError: environment must be lower-case letters, digits and '-', got "../staging"`,
  );
});

test("no output of synth is one line, and so is one without the environment", async () => {
  const none = join(folder, "none");
  expect((await run({ out: none })).error).toBe(
    `CommandError: there is no output of cdktf in ${none}; run: npx cdktf synth`,
  );
  const out = synthesized({ genomics: textOf("genomics") });
  expect((await run({ out }, "prod")).error).toBe(
    `CommandError: there is no environment "prod" in ${out}; it has staging; or run: npx cdktf synth`,
  );
  writeFileSync(join(out, "manifest.json"), '{"stacks": {"dev": {"synthesizedStackPath": "stacks/dev/cdk.tf.json"}}}');
  expect((await run({ out })).error).toBe(
    `CommandError: there is no environment "staging" in ${out}; it has dev; or run: npx cdktf synth`,
  );
});

test("an environment without contracts is one line, and so is a team without one", async () => {
  const empty = synthesized({});
  expect((await run({ out: empty, team: "genomics" })).error).toBe(
    `CommandError: environment "staging" has no contract in ${empty}; give a team of its record a 'contract' and run: npx cdktf synth`,
  );
  const out = synthesized({ imaging: textOf("imaging"), genomics: textOf("genomics") });
  expect((await run({ out, team: "pathology" })).error).toBe(
    `CommandError: team "pathology" has no contract for environment "staging" in ${out}; teams with one: genomics, imaging`,
  );
});

test("what must be there is what every contract has", () => {
  const keys = Object.entries(smallContract);
  const of = (type: string) => keys.filter(([, value]) => typeof value === type).map(([key]) => key);
  expect([[...REQUIRED.text].sort(), [...REQUIRED.object].sort()]).toEqual([of("string").sort(), of("object").sort()]);
});

test("a newer minor version, with what is not known here, is handed on", async () => {
  const text = textOf("genomics", { contractVersion: "1.9", quotas: {} });
  expect(await run({ out: synthesized({ genomics: text }), file: "-" })).toEqual({ out: text });
});

test.each<[string, object, string]>([
  ["newer", { contractVersion: "2.0" }, "has version 2.0, and 1.x is read here; update cdktf-eks-platform here"],
  [
    "older",
    { contractVersion: "0.3" },
    "has version 0.3, and 1.x is read here; the platform must be updated: ask whoever deploys the platform",
  ],
  [
    "not whole",
    { contractVersion: "one", identity: undefined, tags: [] },
    "is no whole contract, it lacks contractVersion, identity, tags; ask whoever deploys the platform",
  ],
])("a contract that is %s takes no good file's place", async (_, more, message) => {
  const file = join(folder, "good.json");
  writeFileSync(file, "before");
  const out = synthesized({ genomics: textOf("genomics", more) });
  expect(await run({ out, file })).toEqual({
    out: "",
    error: `CommandError: /eks-platform/staging/genomics/contract in ${out} ${message}`,
  });
  expect(readFileSync(file, "utf8")).toBe("before");
});

test("a link stays a link: what it points to is written, and one that points nowhere is refused", async () => {
  const out = synthesized({ genomics: textOf("genomics") });
  const [target, link] = [join(folder, "target", "staging.json"), join(folder, "link.json")];
  mkdirSync(join(folder, "target"));
  symlinkSync(target, link);
  expect((await run({ out, file: link })).error).toBe(
    `CommandError: ${link} cannot be written: ENOENT; give another file with --file`,
  );
  writeFileSync(target, "before");
  expect((await run({ out, file: link })).error).toBeUndefined();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe(textOf("genomics"));
  expect(readdirSync(join(folder, "target"))).toEqual(["staging.json"]);
});

test.each([
  ["no JSON", '{"environment": "staging", "team"'],
  ["of another team", textOf("imaging")],
  ["of another environment", JSON.stringify({ environment: "dev", team: "genomics" })],
  ["a list", "[]"],
])("a parameter that is %s is no contract, and the file stays as it was", async (_, text) => {
  const file = join(folder, "stays.json");
  writeFileSync(file, "before");
  const out = synthesized({ genomics: text });
  expect((await run({ out, file })).error).toBe(
    `CommandError: /eks-platform/staging/genomics/contract in ${out} is no contract of team "genomics" for environment "staging"; ask whoever deploys the platform`,
  );
  expect(readFileSync(file, "utf8")).toBe("before");
});

test("a contract that only a deploy makes whole is refused", async () => {
  const value = textOf("genomics", { vpc: `\${aws_vpc.Vpc.id}` });
  const out = synthesized({ genomics: value });
  expect((await run({ out })).error).toBe(
    `CommandError: /eks-platform/staging/genomics/contract in ${out} is known only after a deploy: \${aws_vpc.Vpc.id}; read it with --ssm`,
  );
});

test("a file that cannot be written is one line, and no draft of it stays", async () => {
  const out = synthesized({ genomics: textOf("genomics") });
  const parent = join(folder, "parent");
  writeFileSync(parent, "a file");
  const below = join(parent, "staging.json");
  expect((await run({ out, file: below })).error).toMatch(
    new RegExp(`^CommandError: ${below} cannot be written: (EEXIST|ENOTDIR); give another file with --file$`),
  );
  const dangling = join(folder, "dangling");
  symlinkSync(join(folder, "gone", "away"), dangling);
  // Of the two only Linux has a folder that is there and takes no other.
  for (const none of [...(existsSync("/proc/self") ? ["/proc/none"] : []), dangling]) {
    expect((await run({ out, file: join(none, "a", "staging.json") })).error).toMatch(
      new RegExp(`^CommandError: ${none}/a/staging.json cannot be written: (EEXIST|ENOENT|EACCES|EPERM); give another`),
    );
  }
  const taken = join(folder, "taken");
  mkdirSync(join(taken, "a"), { recursive: true });
  expect((await run({ out, file: taken })).error).toBe(
    `CommandError: ${taken} cannot be read: EISDIR; give another file with --file`,
  );
  expect(readdirSync(folder).filter((name) => name.includes(".new-"))).toEqual([]);
});

test("--check passes for the same bytes, and writes nothing", async () => {
  const out = synthesized({ genomics: textOf("genomics") });
  const file = join(folder, "check", "staging.json");
  expect((await run({ out, file, check: true })).error).toBe(
    `CommandError: ${file} is not there; write it: the same command without --check`,
  );
  expect(existsSync(join(folder, "check"))).toBe(false);
  await run({ out, file });
  expect(await run({ out, file, check: true })).toEqual({
    out: `${file}: contract of genomics for staging, the same as in ${out}\n`,
  });
});

test("--check names each fact that differs", async () => {
  const file = join(folder, "differs.json");
  writeFileSync(
    file,
    textOf("genomics", {
      cluster: { clusterName: "staging", kubernetesVersion: "1.34" },
      namespaces: { genomics: { podSecurityLevel: "restricted" }, old: { podSecurityLevel: "baseline" } },
      network: { cidrBlocks: ["10.0.0.0/16"] },
      domain: "example.com",
    }),
  );
  const out = synthesized({
    genomics: textOf("genomics", {
      cluster: { clusterName: "staging", kubernetesVersion: "1.35" },
      namespaces: { genomics: { podSecurityLevel: "restricted" }, "genomics-jobs": { podSecurityLevel: "baseline" } },
      network: { cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"] },
    }),
  });
  expect(await run({ out, file, check: true })).toEqual({
    out: [
      'cluster.kubernetesVersion: recorded "1.34", now "1.35"',
      'domain: recorded "example.com", now nothing',
      'namespaces.genomics-jobs: recorded nothing, now {"podSecurityLevel":"baseline"}',
      'namespaces.old: recorded {"podSecurityLevel":"baseline"}, now nothing',
      'network.cidrBlocks: recorded ["10.0.0.0/16"], now ["10.0.0.0/16","100.64.0.0/16"]',
      "",
    ].join("\n"),
    error: `CommandError: ${file} differs from the contract of genomics for staging in ${out}; write it: the same command without --check`,
  });
});

test("--check sees the same facts in other bytes, and a file that was cut off", async () => {
  const out = synthesized({ genomics: textOf("genomics") });
  const file = join(folder, "bytes.json");
  writeFileSync(file, `${textOf("genomics")}\n`);
  expect(await run({ out, file, check: true })).toEqual({
    out: "",
    error: `CommandError: ${file} says the same in other bytes than the contract of genomics for staging in ${out}; write it: the same command without --check`,
  });
  writeFileSync(file, textOf("genomics").slice(0, 20));
  expect((await run({ out, file, check: true })).error).toBe(
    `CommandError: ${file} is not JSON; write it: the same command without --check`,
  );
});

test("on the command line", () => {
  const out = synthesized({ genomics: textOf("genomics") });
  const program = join(process.cwd(), "lib", "cli", "eks-platform.ts");
  const cwd = join(folder, "repository");
  mkdirSync(cwd);
  const call = (...args: string[]) => {
    const command = ["--require", require.resolve("tsx/cjs"), program, "contract", "staging", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  expect(call("--out", out)).toEqual({
    status: 0,
    stdout: "contracts/staging.json: contract of genomics for staging, written\n",
    stderr: "",
  });
  writeFileSync(join(cwd, "contracts", "staging.json"), textOf("genomics", { stage: "dev" }));
  expect(call("--out", out, "--check")).toEqual({
    status: 1,
    stdout: 'stage: recorded "dev", now "staging"\n',
    stderr: `eks-platform: contracts/staging.json differs from the contract of genomics for staging in ${out}; write it: the same command without --check\n`,
  });
  expect(call("--ssm", "--out", out)).toEqual({
    status: 1,
    stdout: "",
    stderr: "error: option '--ssm' cannot be used with option '--out <folder>'\n",
  });
}, 60_000);
