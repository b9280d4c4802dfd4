import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
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
 * one then still cleans up. SIGTERM, which comes to this program alone, is passed on. After a signal the answer is 128 and its number, also
 * where the program came to a good end: nothing is to follow.
 */
export async function runInteractively(program: string, args: readonly string[], cwd?: string): Promise<number> {
  const child = spawn(program, args, { cwd, stdio: "inherit" });
  let interrupted: number | undefined;
  const stay = () => {
    interrupted = 128 + constants.signals.SIGINT;
  };
  const passOn = () => {
    interrupted = 128 + constants.signals.SIGTERM;
    child.kill("SIGTERM");
  };
  process.on("SIGINT", stay).on("SIGTERM", passOn);
  try {
    return await new Promise<number>((done, failed) => {
      child.once("error", (error) => failed(problemOf(program, error)));
      child.once("close", (code) => done(interrupted ?? code ?? 1));
    });
  } finally {
    process.off("SIGINT", stay).off("SIGTERM", passOn);
  }
}

/** Whether an exit code says that a signal ended the work. */
export function isInterrupt(exitCode: number): boolean {
  return exitCode > 128;
}

function problemOf(program: string, error: Error): Error {
  const missing = "code" in error && error.code === "ENOENT";
  return missing ? new CommandError(`${program} is not installed`, "install it and see that it is on the PATH") : error;
}
