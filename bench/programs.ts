import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bareProgram, countResources } from "./bare-program";
import { BENCH, EXAMPLE, output, PROJECT, program, stackFile } from "./folders";
import { differences, type JsonObject, readStack } from "./json";

/** A program that is measured. */
export interface Program {
  /** Name of its output folder. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Besides the caller's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What one run of a program took. */
export interface Sample {
  /** From start to end, as one waits for it. */
  readonly seconds: number;
  /** Of the program itself, without processes that it starts: hardly changes with what else the machine does. */
  readonly cpuSeconds: number;
  /** MiB. */
  readonly peakMemory: number;
  /** What the program printed. */
  readonly stdout: string;
}

export const library: Program = { name: "library", file: program("staging"), args: [] };
export const bare: Program = { name: "bare", file: join(BENCH, "bare.js"), args: [] };

/** The program that synthesises a number of environments. */
export function environments(count: number): Program {
  return { name: `growth-${count}`, file: program("growth"), args: [String(count)] };
}

/** Compiles the library and the programs to plain JavaScript, as `npm run build` does; types are checked elsewhere. */
export function compile(): void {
  rmSync(BENCH, { recursive: true, force: true });
  const tsc = require.resolve("typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", join(__dirname, "tsconfig.build.json")], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`tsc failed:\n${stdout}`);
  cpSync(join(PROJECT, EXAMPLE, "chart"), join(BENCH, EXAMPLE, "chart"), { recursive: true });
}

/** Writes the bare program from what the library synthesises for staging. Answers how many resources both write. */
export function writeBareProgram(): number {
  return countResources(writeBare(library, "staging", bare.file));
}

/** Writes the bare program of the one stack that a program synthesises. Answers the stack. */
export function writeBare(program: Program, stackId: string, file: string): JsonObject {
  // An output of its own: the bare program takes charts from there.
  const reference: Program = { ...program, name: `${program.name}-reference` };
  run(reference);
  const written = stackFile(reference.name, stackId);
  const stack = readStack(written);
  writeFileSync(file, bareProgram(stackId, stack, dirname(written)));
  return stack;
}

/** @throws {Error} if the two programs do not write the same */
export function checkSameOutput(): void {
  run(library);
  run(bare);
  checkSame(readStack(stackFile(library.name, "staging")), readStack(stackFile(bare.name, "staging")));
}

/** @throws {Error} if what the library wrote differs from what was written without it */
export function checkSame(ours: JsonObject, theirs: JsonObject): void {
  const unequal = differences(ours, theirs);
  if (unequal.length === 0) return;
  throw new Error(
    `The bare program does not write what the library writes; it cannot be measured:\n${unequal.join("\n")}`,
  );
}

/** Runs a program in a process of its own, into an empty folder. */
export function run({ name, file, args, env = {} }: Program): Sample {
  const folder = output(name);
  const usageFile = join(BENCH, `${name}.usage.json`);
  rmSync(usageFile, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const begun = performance.now();
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ["--require", program("usage"), file, ...args],
    {
      cwd: PROJECT,
      env: { ...environment(folder, usageFile), ...env },
      encoding: "utf8",
    },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(`${name} failed (${error?.message ?? status}):\n${stderr}`);
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as Omit<Sample, "seconds" | "stdout">;
  return { seconds, stdout, ...usage };
}

/** The caller's environment, without what would change the programs. */
function environment(folder: string, usageFile: string): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _options,
    NODE_COMPILE_CACHE: _cache,
    CDKTF_CONTEXT_JSON: _context,
    SYNTH_HCL_OUTPUT: _hcl,
    ...rest
  } = process.env;
  return { ...rest, CDKTF_OUTDIR: folder, BENCH_USAGE: usageFile };
}
