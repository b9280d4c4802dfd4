import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isCi } from "./ci";

/** Set to 1 and to nothing else, checks against a recorded file write the file instead. */
export const UPDATE_VARIABLE = "EKS_PLATFORM_UPDATE";

/**
 * Whether recorded files are to be written.
 *
 * @throws {Error} if they are, and this is CI
 */
export function isUpdating(): boolean {
  if (process.env[UPDATE_VARIABLE] !== "1") return false;
  if (!isCi()) return true;
  throw new Error(`${UPDATE_VARIABLE} must not be set in CI: renew recorded files on your machine, and commit them`);
}

/** @throws {Error} if the file is not there */
export function readRecorded(file: string): string {
  if (existsSync(file)) return readFileSync(file, "utf8");
  throw new Error(`${file} is not recorded yet; run the test once with ${UPDATE_VARIABLE}=1, and commit the file`);
}

/** Writes the whole file or nothing. A link is replaced, not followed. */
export function writeRecorded(file: string, text: string): void {
  const target = resolve(file);
  const written = `${target}.new-${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(written, text, { flag: "wx" });
  renameSync(written, target);
}
