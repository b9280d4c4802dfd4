import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Everything the engines write lives below this folder of the project; git ignores it. */
export const emulatorsFolder = resolve(__dirname, "..", "..", ".emulators");

/** What belongs to the engines that run now: process records, logs, certificates, configuration files. */
export const runFolder = join(emulatorsFolder, "run");

/** What belongs to a cluster run: it has records of its own, so that neither of the two ends what the other started. */
export const clusterRunFolder = join(emulatorsFolder, "cluster-run");

export function makeRunFolder(folder = runFolder): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Progress goes to the caller, line by line. */
export type Log = (line: string) => void;

/** Variables laid over `process.env`; `undefined` takes a variable away (child_process leaves such keys out). */
export type Environment = Record<string, string | undefined>;
