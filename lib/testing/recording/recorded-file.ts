import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { givenText, isText, shortened } from "../values/given-text";
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

/** @throws {Error} if the file is not there, or is none */
export function readRecorded(file: string): string {
  assertFile(file);
  if (existsSync(file)) return readFileSync(file, "utf8");
  throw new Error(
    `${shortened(file)} is not recorded yet; run the test once with ${UPDATE_VARIABLE}=1, and commit the file`,
  );
}

/** How a file that is broken is mended. */
export const RENEW = `renew it: run the test once with ${UPDATE_VARIABLE}=1, and review what changed`;

function assertFile(file: unknown): asserts file is string {
  if (!isText(file)) throw new Error(`'file' must be the path of a recorded file, got ${givenText(file)}`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${shortened(file)} is a folder; name a file in it`);
}

/** Writes the whole file or nothing. A link is replaced, not followed. */
export function writeRecorded(file: string, text: string): void {
  assertFile(file);
  const target = resolve(file);
  const written = `${target}.new-${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(written, text, { flag: "wx" });
  renameSync(written, target);
}
