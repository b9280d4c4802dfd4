import type { Faults } from "../core/faults";
import { CONTRACT_VERSION } from "./contract";

/** Of a key that this library does not know. */
export type UnknownKeys = "refused" | "ignored";

const VERSION = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/;

/** Major and minor number of a version; undefined if it is none. */
function numbersOf(version: string): { major: number; minor: number } | undefined {
  const [, major, minor] = VERSION.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/**
 * Adds a fault unless a contract of the version can be read here: any minor version of the same major one.
 *
 * @param renew command that writes the contract anew
 * @returns what to do about keys that are not known here: a newer minor version may have some
 */
export function checkContractVersion(faults: Faults, version: unknown, renew: string): UnknownKeys {
  const own = numbersOf(CONTRACT_VERSION);
  const given = typeof version === "string" ? numbersOf(version) : undefined;
  if (!own) throw new Error(`${CONTRACT_VERSION} is no version`);
  if (!given) {
    const rule = 'must be text such as "1.0"';
    faults.add("contractVersion", rule, version ?? null, `is it a contract? Write it anew with: ${renew}`);
    return "refused";
  }
  const fix =
    given.major > own.major
      ? "it is of a newer platform: update cdktf-eks-platform here"
      : `the platform must be deployed with a newer cdktf-eks-platform; then write it anew with: ${renew}`;
  faults.check(given.major === own.major, "contractVersion", `must be ${own.major}.x`, version, fix);
  return given.major === own.major && given.minor > own.minor ? "ignored" : "refused";
}
