import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, type Output } from "../engines/tools";
import { expect } from "../expect";
import { teamEnvironment } from "./repository";

const STACK = "variants-staging";
const CONTRACT = "contracts/staging.json";

/** What synth wrote is a whole stack: the team's application, role and traffic, its own state, and nothing of an account. */
export async function synthesisedWithoutAccount(team: string): Promise<string> {
  const json = JSON.parse(readFileSync(join(team, "cdktf.out", "stacks", STACK, "cdk.tf.json"), "utf8"));
  const { key, bucket } = json.terraform.backend.s3;
  expect(String(key).startsWith("teams/genomics/staging/"), "the state below the team's prefix", key);
  const types = Object.keys(json.resource);
  for (const type of [
    "helm_release",
    "kubernetes_service_account_v1",
    "kubernetes_network_policy_v1",
    "aws_iam_role",
  ]) {
    expect(types.includes(type), `a ${type}`, types);
  }
  expect(!types.includes("kubernetes_namespace_v1"), "no namespace of its own", types);
  return `${types.length} kinds of resources, state in ${bucket} under ${key}`;
}

export async function testsPassInCi(team: string): Promise<string> {
  const { exitCode, stderr } = await jest(team, ["--ci"]);
  expect(exitCode === 0, "its tests to pass", stderr);
  return lastLines(stderr, /^(Tests|Snapshots):/);
}

/** Another tag makes the snapshot fail, and shows the line. */
export async function aChangeIsSeen(team: string): Promise<string> {
  return withChange(team, "variants-stack.ts", [/tag: "[^"]*"/, 'tag: "99.0.0"'], async () => {
    const { exitCode, stderr } = await jest(team, ["--ci"]);
    expect(exitCode !== 0 && stderr.includes("99.0.0"), "a failing snapshot that shows the new tag", stderr);
    return "another tag fails the snapshot, and is shown";
  });
}

/** `-u` in CI would make every snapshot true. */
export async function snapshotsAreNotRenewed(team: string): Promise<string> {
  return withChange(team, "variants-stack.ts", [/tag: "[^"]*"/, 'tag: "99.0.0"'], async () => {
    const snapshot = join(team, "__tests__", "__snapshots__", "main-test.ts.snap");
    const before = readFileSync(snapshot, "utf8");
    const { exitCode, stderr } = await jest(team, ["-u"], { CI: "true" });
    expect(exitCode !== 0 && stderr.includes("snapshots are not written in CI"), "a refusal", stderr);
    expect(readFileSync(snapshot, "utf8") === before, "the snapshot as it was", "another");
    return lastLines(stderr, /^snapshots are not written/);
  });
}

/** Who wants the file anew gives what the file itself does not say. */
const renew = (team = "'<team>'", region = "'<region>'") =>
  `npx eks-platform contract staging --ssm --team ${team} --region ${region} --file ${CONTRACT}`;

/** What is broken, and what synth says of it. */
const FAULTS: readonly { readonly file: string; readonly change: readonly [RegExp, string]; readonly says: string }[] =
  [
    {
      file: "variants-stack.ts",
      change: [/namespace\("genomics"\)/, 'namespace("clinical-trials")'],
      says: `'namespaceName' must be a namespace granted to genomics (genomics, genomics-jobs), got "clinical-trials" at variants-staging/platform; ask the platform to grant it`,
    },
    {
      file: CONTRACT,
      change: [/"environment": "staging"/, '"environment": "prod"'],
      says: `'environment' must be the one that is asked for, staging, got "prod" at ${CONTRACT}; name the file of staging, or write it anew with: ${renew("genomics")}`,
    },
    {
      file: CONTRACT,
      change: [/"contractVersion": "1\.0"/, '"contractVersion": "2.0"'],
      says: `'contractVersion' must be 1.x, got "2.0" at ${CONTRACT}; it is of a newer platform: update cdktf-eks-platform here`,
    },
    {
      file: CONTRACT,
      change: [/[\s\S]+/, "{"],
      says: `'contract' must be whole JSON, and its 1 characters are not at ${CONTRACT}; half written, or with marks of a merge? Write it anew with: ${renew()}`,
    },
  ];

/** A namespace that was not granted, and contracts that cannot be used: one message each, and nothing written. */
export async function faultsAreNamed(team: string): Promise<string> {
  for (const { file, change, says } of FAULTS) {
    await withChange(team, file, change, async () => {
      const { exitCode, stderr } = await npx(team, ["ts-node", "main.ts"], { CDKTF_OUTDIR: "fault.out" });
      const lines = stderr.split("\n");
      expect(exitCode !== 0 && lines.includes(`ValidationError: ${says}`), `synth to end with ${says}`, stderr);
    });
    expect(!existsSync(join(team, "fault.out", "stacks", STACK, "cdk.tf.json")), "nothing written", "a stack");
  }
  return FAULTS.map(({ says }) => says).join("\n");
}

/** Changes a file of the repository for the time of an action. */
async function withChange<T>(
  team: string,
  name: string,
  [pattern, by]: readonly [RegExp, string],
  action: () => Promise<T>,
): Promise<T> {
  const file = join(team, name);
  const before = readFileSync(file, "utf8");
  const after = before.replace(pattern, by);
  expect(after !== before, `${name} to have ${pattern}`, before);
  writeFileSync(file, after);
  try {
    return await action();
  } finally {
    writeFileSync(file, before);
  }
}

function jest(team: string, args: readonly string[], env: Record<string, string> = {}): Promise<Output> {
  return npx(team, ["jest", ...args], env);
}

function npx(team: string, args: readonly string[], env: Record<string, string>): Promise<Output> {
  return capture("npx", ["--no-install", ...args], { cwd: team, env: { ...teamEnvironment(), ...env }, seconds: 300 });
}

function lastLines(text: string, pattern: RegExp): string {
  return text
    .split("\n")
    .filter((line) => pattern.test(line.trim()))
    .map((line) => line.trim())
    .join("; ");
}
