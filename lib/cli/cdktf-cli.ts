import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { childProcesses } from "./child-processes";
import { CommandError } from "./command-error";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The project's own cdktf CLI, from `node_modules` of the folder or of one above it.
 *
 * @throws {CommandError} if it is not installed
 */
export function findCdktf(folder = process.cwd()): string {
  const program = join(folder, "node_modules", ".bin", "cdktf");
  if (existsSync(program)) return program;
  const above = dirname(resolve(folder));
  if (above !== resolve(folder)) return findCdktf(above);
  throw new CommandError("cdktf is not installed in this project", "run: npm install --save-dev cdktf-cli");
}

/**
 * Runs a command of the cdktf CLI before the user's eyes, and answers its exit code.
 *
 * An interrupt goes to Terraform alone. The cdktf CLI ends at once when it gets one, and takes away the terminal that it made for Terraform,
 * which dies of that in the middle of its work: no state is saved, and the lock stays. So the CLI runs in a session of its own, where Ctrl-C
 * does not reach it; Terraform ends in its own way, and the CLI after it.
 *
 * A terminal that is closed counts as an interrupt. The CLI would die of writing to it, so where it asks nothing it writes to this program, which
 * hands on what somebody still reads.
 */
export async function runCdktf(
  program: string,
  args: readonly string[],
  { env, asks }: { readonly env: Variables; readonly asks: boolean },
): Promise<number> {
  // Not Windows: sessions and signals are other things there.
  const child = spawn(program, args, { stdio: asks ? "inherit" : ["ignore", "pipe", "pipe"], env, detached: true });
  // Not `pipe`, which stops reading when the terminal is gone: the CLI would wait for ever.
  child.stdout?.on("data", (text) => process.stdout.write(text));
  child.stderr?.on("data", (text) => process.stderr.write(text));
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    // Between two runs of Terraform there is nobody to tell.
    timer = interruptTerraform(child) ? undefined : setTimeout(interrupt, RETRY_MS);
  };
  let last: number | undefined;
  const onSignal = () => {
    const now = performance.now();
    if (timer === undefined && (last === undefined || now - last > SAME_MS)) interrupt();
    last = now;
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const exitCode = await new Promise<number>((done, failed) => {
      child.once("error", failed);
      child.once("close", (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
    // Interrupted while it asks, the CLI ends as if all were done.
    return exitCode === 0 && last !== undefined ? 128 + constants.signals.SIGINT : exitCode;
  } finally {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

const RETRY_MS = 100;
/** One Ctrl-C comes twice where npm or another program that started this one passes it on, and of two Terraform stops at once. */
const SAME_MS = 1000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Says whether there was a Terraform to tell. Nothing else is started by the CLI itself while it deploys. */
function interruptTerraform({ pid, exitCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null) return true;
  return childProcesses(pid).filter(signalled).length > 0;
}

function signalled(pid: number): boolean {
  try {
    return process.kill(pid, "SIGINT");
  } catch {
    // It ended just now.
    return false;
  }
}
