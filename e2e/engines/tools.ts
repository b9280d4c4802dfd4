import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import type { Environment } from "./folders";

export interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd?: string;
  readonly env?: Environment;
  /** How long it may take. @default 60 */
  readonly seconds?: number;
  /** Ends the program when it is raised. */
  readonly signal?: AbortSignal;
}

/** Runs a short command to its end. A program that is missing answers with exit code 127, it does not throw. */
export function capture(command: string, args: readonly string[], options: RunSettings = {}): Promise<Output> {
  const settings = {
    cwd: options.cwd,
    encoding: "utf8",
    env: { ...process.env, ...options.env },
    maxBuffer: 64 * 1024 * 1024,
    signal: options.signal,
    timeout: (options.seconds ?? 60) * 1000,
  } as const;
  return new Promise((done) => {
    execFile(command, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 127;
      done({ exitCode: code, stdout, stderr: stderr === "" && error !== null ? error.message : stderr });
    });
  });
}

/** As `capture`, for commands that must succeed. */
export async function mustRun(command: string, args: readonly string[], options: RunSettings = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await capture(command, args, options);
  if (exitCode !== 0) {
    throw new Error(
      `${command} ${args.slice(0, 2).join(" ")} failed (${exitCode}): ${stderr.trim().split("\n").slice(-5).join("\n")}`,
    );
  }
  return stdout;
}

/** Full path of a program, or undefined when it is not on the PATH. */
export function which(name: string): string | undefined {
  const candidates = isAbsolute(name)
    ? [name]
    : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
