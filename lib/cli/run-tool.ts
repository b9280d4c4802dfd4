import { spawn, spawnSync } from "node:child_process";
import { CommandError } from "./command-error";

export interface ToolResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs a program quietly to its end. */
export function runTool(program: string, args: readonly string[], cwd?: string): ToolResult {
  const run = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: MAX_OUTPUT_BYTES });
  if (run.error) throw problemOf(program, run.error);
  return { exitCode: run.status ?? 1, output: run.stdout, errors: run.stderr };
}

/**
 * Runs a program that talks to the user itself, and answers its exit code. Ctrl-C reaches the program, which ends in its own way; this
 * one then still cleans up. SIGTERM, which comes to this program alone, is passed on.
 */
export async function runInteractively(program: string, args: readonly string[], cwd?: string): Promise<number> {
  const child = spawn(program, args, { cwd, stdio: "inherit" });
  const stay = () => {};
  const passOn = () => child.kill("SIGTERM");
  process.on("SIGINT", stay).on("SIGTERM", passOn);
  try {
    return await new Promise<number>((done, failed) => {
      child.once("error", (error) => failed(problemOf(program, error)));
      child.once("close", (code) => done(code ?? 1));
    });
  } finally {
    process.off("SIGINT", stay).off("SIGTERM", passOn);
  }
}

function problemOf(program: string, error: Error): Error {
  const missing = "code" in error && error.code === "ENOENT";
  return missing ? new CommandError(`${program} is not installed`, "install it and see that it is on the PATH") : error;
}
