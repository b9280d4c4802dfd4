import { spawnSync } from "node:child_process";
import { CommandError } from "./command-error";

export interface ToolResult {
  readonly exitCode: number;
  /** Standard output, or everything where the tool wrote to the terminal itself. */
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Whether the tool talks to the user itself. */
  readonly interactive?: boolean;
}

/** Runs a program to its end. */
export function runTool(
  program: string,
  args: readonly string[],
  { cwd, interactive = false }: RunOptions = {},
): ToolResult {
  // Ctrl-C reaches the tool too, which ends in its own way; this program then still cleans up.
  const stay = () => {};
  process.on("SIGINT", stay).on("SIGTERM", stay);
  const run = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    stdio: interactive ? "inherit" : "pipe",
    maxBuffer: 256 * 1024 * 1024,
  });
  process.off("SIGINT", stay).off("SIGTERM", stay);
  if (run.error && "code" in run.error && run.error.code === "ENOENT") {
    throw new CommandError(`${program} is not installed`, `install it and see that it is on the PATH`);
  }
  if (run.error) throw run.error;
  return { exitCode: run.status ?? 1, output: run.stdout ?? "", errors: run.stderr ?? "" };
}
