import { readFileSync } from "node:fs";
import { ValidationError } from "../core/validation-error";
import { type ExpectedContract, validContract } from "./check-contract";
import type { PlatformContract } from "./contract";
import { renewCommand, renewCommandOf } from "./renew-command";

/**
 * Reads a contract from its file.
 *
 * @param file from the folder that synth runs in
 * @param path of the construct that asks, for messages
 * @throws {ValidationError} if the file is not there, is no whole contract of a version that is known here, or is that of another
 * environment, account or region
 */
export function readContract(
  file: string,
  expected: ExpectedContract & { readonly environment: string },
  path: string,
): PlatformContract {
  const { environment, region } = expected;
  const command = { environment, region, file };
  const renew = renewCommand(command);
  const given = parseJson(readFile(file, renew, path), file, renew);
  return validContract(given, file, renewCommandOf(given, command), expected);
}

function readFile(file: string, renew: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const rule = code === "ENOENT" ? "must be there" : `must be a file that can be read (${code})`;
    const fix = `copy it from the platform's repository, or write it with: ${renew}`;
    throw new ValidationError(path, [{ property: "file", rule, value: file, fix }]);
  }
}

/**
 * Reads a contract from its text.
 *
 * @param path where it comes from, for messages
 * @param renew command that writes it anew
 * @throws {ValidationError} if it is no whole contract of a version that is known here
 */
export function parseContract(text: string, path: string, renew: string): PlatformContract {
  return validContract(parseJson(text, path, renew), path, renew);
}

function parseJson(text: string, path: string, renew: string): unknown {
  try {
    // Editors of Windows write a mark before the first character.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    const rule = `must be whole JSON, and its ${text.length} characters are not`;
    const fix = `half written, or with marks of a merge? Write it anew with: ${renew}`;
    throw new ValidationError(path, [{ property: "contract", rule, fix }]);
  }
}
