import { readFileSync } from "node:fs";
import { Faults } from "../core/faults";
import { ValidationError } from "../core/validation-error";
import { validContract } from "./check-contract";
import type { PlatformContract } from "./contract";
import { renewCommand } from "./renew-command";

/** Whose contract is meant. */
export interface ExpectedContract {
  readonly environment: string;
  /** @default - any */
  readonly accountId?: string;
  /** @default - any */
  readonly region?: string;
}

/**
 * Reads a contract from its file.
 *
 * @param file from the folder that synth runs in
 * @param path of the construct that asks, for messages
 * @throws {ValidationError} if the file is not there, is no whole contract of a version that is known here, or is that of another
 * environment, account or region
 */
export function readContract(file: string, expected: ExpectedContract, path: string): PlatformContract {
  const { environment, accountId, region } = expected;
  const renew = renewCommand({ environment, region, file });
  const contract = parseContract(readFile(file, renew, path), file, renew);
  const faults = new Faults(file);
  const fix = `name the file of ${environment}, or write it anew with: ${renew}`;
  const differs = (property: string, wanted: string | undefined, found: string) =>
    faults.check(
      wanted === undefined || wanted === found,
      property,
      `must be the one that is asked for, ${wanted}`,
      found,
      fix,
    );
  differs("environment", environment, contract.environment);
  differs("account.accountId", accountId, contract.account.accountId);
  differs("account.region", region, contract.account.region);
  faults.throwIfAny();
  return contract;
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
    return JSON.parse(text);
  } catch {
    const rule = `must be whole JSON, and its ${text.length} characters are not`;
    const fix = `half written, or with marks of a merge? Write it anew with: ${renew}`;
    throw new ValidationError(path, [{ property: "contract", rule, fix }]);
  }
}
