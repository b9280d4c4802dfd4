import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { BOOTSTRAP_FOLDER_VARIABLE } from "../lib/cli/bootstrap";
import { type Environment, makeRunFolder, runFolder } from "./engines/folders";

export const PROJECT = resolve(__dirname, "..");

/** Environments whose in-cluster part is left out of synth: lib/environment/in-cluster.ts. */
const IN_CLUSTER_OFF = "EKS_PLATFORM_IN_CLUSTER_OFF";

export interface Run {
  readonly exitCode: number;
  readonly seconds: number;
  /** The last lines of the output. */
  readonly tail: readonly string[];
}

export interface RunOptions {
  readonly env: Environment;
  /** Name of the log file in `.emulators/run/`. */
  readonly log: string;
  readonly onLine?: (line: string) => void;
}

/** Runs a program of the project to its end, its output in a log file. */
export async function run(command: string, args: readonly string[], { env, log, onLine }: RunOptions): Promise<Run> {
  const file = createWriteStream(join(makeRunFolder(), `${log}.log`), { flags: "a" });
  const begun = performance.now();
  const child = spawn(command, args, {
    cwd: PROJECT,
    env: { ...process.env, ...quietTools, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (raw) => {
      const line = plain(raw);
      file.write(`${line}\n`);
      onLine?.(line);
      if (line.trim() !== "") tail.push(line);
      tail.splice(0, tail.length - 30);
    });
  }
  const exitCode = await new Promise<number>((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done(code ?? 1));
  });
  file.end();
  return { exitCode, seconds: (performance.now() - begun) / 1000, tail };
}

/** As `run`, for programs that must succeed. */
export async function mustSucceed(command: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const result = await run(command, args, options);
  if (result.exitCode === 0) return result;
  throw new Error(`${options.log} failed (${result.exitCode}):\n${result.tail.join("\n")}`);
}

/** A program that npm installed for the project. */
export function installed(name: string): string {
  return join(PROJECT, "node_modules", ".bin", name);
}

/** Writes `cdktf.out` as `npx cdktf synth` does; the in-cluster part of staging can be left out. */
export function synth(env: Environment, inCluster: boolean): Promise<Run> {
  return mustSucceed(installed("tsx"), ["main.ts"], { env: withInCluster(env, inCluster), log: "synth" });
}

/** Where a bootstrap on the engines keeps its local state: never beside one of a real account. */
export const bootstrapFolder = join(runFolder, "bootstrap");
export const bootstrapEnvironment: Environment = { [BOOTSTRAP_FOLDER_VARIABLE]: bootstrapFolder };

/** A command of `eks-platform`. */
export function eksPlatform(env: Environment, args: readonly string[], onLine?: (line: string) => void): Promise<Run> {
  return mustSucceed(installed("tsx"), ["lib/cli/eks-platform.ts", ...args], {
    env: { ...env, ...bootstrapEnvironment },
    log: args[0] ?? "eks-platform",
    onLine,
  });
}

/** `cdktf deploy <stack>`: the main job, through the CLI that users call. */
export function cdktfDeploy(
  env: Environment,
  stack: string,
  inCluster: boolean,
  onLine?: (line: string) => void,
): Promise<Run> {
  const args = ["deploy", stack, "--auto-approve", "--skip-provider-lock"];
  return mustSucceed(installed("cdktf"), args, { env: withInCluster(env, inCluster), log: "deploy", onLine });
}

export function withInCluster(env: Environment, inCluster: boolean): Environment {
  return { ...env, [IN_CLUSTER_OFF]: inCluster ? undefined : "staging" };
}

/** The folder that Terraform runs a stack in. */
export function stackFolder(stack: string): string {
  return join(PROJECT, "cdktf.out", "stacks", stack);
}

const quietTools: Environment = {
  CHECKPOINT_DISABLE: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  CI: "true",
  FORCE_COLOR: "0",
  NO_COLOR: "1",
  NO_UPDATE_NOTIFIER: "1",
  TF_CLI_ARGS: "-no-color",
};

/** Without colours and cursor movements. */
function plain(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
  return line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}
