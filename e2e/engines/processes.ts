import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, makeRunFolder, runFolder } from "./folders";
import { startTimeOf } from "./process-identity";

export interface BackgroundProcess {
  readonly name: string;
  readonly pid: number;
  /** Together with the pid this means one process and never a later one with the same number. */
  readonly started: string;
  readonly log: string;
  /** Counts up, so that what was started last is stopped first. */
  readonly order: number;
}

export interface StartOptions {
  readonly name: string;
  /** Where its record and its log lie. @default - the run folder of the engines */
  readonly folder?: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  readonly cwd?: string;
}

const recordSuffix = ".process.json";

/** Starts a program that outlives this one, with its output in a log file and a record of its pid. */
export async function startProcess(options: StartOptions): Promise<BackgroundProcess> {
  const folder = makeRunFolder(options.folder);
  const running = listProcesses(folder);
  if (running.some(({ name }) => name === options.name)) {
    throw new Error(`${options.name} runs already`);
  }
  const log = join(folder, `${options.name}.log`);
  const output = openSync(log, "w");
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? folder,
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  await new Promise<void>((started, failed) => {
    child.once("spawn", started);
    child.once("error", (error) => failed(new Error(`${options.name} could not be started: ${error.message}`)));
  });
  child.unref();
  const pid = child.pid ?? 0;
  const order = Math.max(0, ...running.map((other) => other.order)) + 1;
  const record = { name: options.name, pid, started: startTimeOf(pid) ?? "gone", log, order };
  writeFileSync(recordOf(folder, options.name), `${JSON.stringify(record)}\n`, { mode: 0o600 });
  return record;
}

export function isAlive({ pid, started }: Pick<BackgroundProcess, "pid" | "started">): boolean {
  return startTimeOf(pid) === started;
}

/** What we started and what still runs. Records of processes that are gone are thrown away. */
export function listProcesses(folder = runFolder): BackgroundProcess[] {
  if (!existsSync(folder)) {
    return [];
  }
  const records = readdirSync(folder)
    .filter((file) => file.endsWith(recordSuffix))
    .flatMap((file) => readRecord(join(folder, file)));
  for (const gone of records.filter((record) => !isAlive(record))) {
    rmSync(recordOf(folder, gone.name), { force: true });
  }
  return records.filter(isAlive).sort((a, b) => a.order - b.order);
}

/** Ends what we started, the last one first, and nothing else: asks, waits, then kills. */
export async function stopProcesses(folder = runFolder, secondsEach = 10): Promise<string[]> {
  const stopped: string[] = [];
  for (const running of listProcesses(folder).reverse()) {
    await stopProcess(running, secondsEach);
    rmSync(recordOf(folder, running.name), { force: true });
    stopped.push(running.name);
  }
  return stopped;
}

async function stopProcess(running: BackgroundProcess, seconds: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    signalGroup(running, signal);
    const deadline = Date.now() + seconds * 1000;
    while (isAlive(running) && Date.now() < deadline) {
      await sleep(50);
    }
    if (!isAlive(running)) {
      return;
    }
  }
  throw new Error(`${running.name} (pid ${running.pid}) does not end, not even by SIGKILL`);
}

/** Each of our processes leads a group of its own (`detached`), so its children go with it. */
function signalGroup(running: BackgroundProcess, signal: NodeJS.Signals): void {
  if (!isAlive(running)) {
    return;
  }
  try {
    process.kill(-running.pid, signal);
  } catch {
    // It ended between the question and the signal.
  }
}

function recordOf(folder: string, name: string): string {
  return join(folder, `${name}${recordSuffix}`);
}

function readRecord(file: string): BackgroundProcess[] {
  try {
    return [JSON.parse(readFileSync(file, "utf8")) as BackgroundProcess];
  } catch {
    return [];
  }
}
