import { runInNewContext } from "node:vm";
import { changedFacts } from "../../../lib/platform/compare-contract";
import type { PlatformContract } from "../../../lib/platform/contract";
import { networkAdditions } from "../../../lib/platform/contract-additions";

/** What Terraform's functions give, as far as the comparison of a contract calls them. */
const FUNCTIONS = {
  contains: (list: readonly unknown[], value: unknown) => list.includes(some(value)),
  format: (text: string, ...values: readonly string[]) => {
    const left = [...values];
    return text.replaceAll("%s", () => left.shift() ?? "");
  },
  formatlist: (text: string, name: string, values: readonly string[]) =>
    values.map((each) => FUNCTIONS.format(text, name, each)),
  join: (by: string, list: readonly string[]) => list.join(by),
  jsonencode: (value: unknown) => JSON.stringify(some(value)),
  keys: (map: object) => Object.keys(map).sort(),
  length: (list: readonly unknown[]) => list.length,
  setsubtract: (list: readonly unknown[], others: readonly unknown[]) => list.filter((each) => !others.includes(each)),
  split: (by: string, text: string) => text.split(by),
  tostring: (value: unknown) => String(some(value)),
  attempt: (first: () => unknown, otherwise: unknown) => {
    try {
      return some(first());
    } catch {
      return otherwise;
    }
  },
};

/** A key that is not there is an error in Terraform. */
function some<T>(value: T): T {
  if (value === undefined) throw new Error("there is no such key");
  return value;
}

/**
 * What a plan says of a recorded contract: its expressions, run as JavaScript. They are written alike in both languages but for `try`, which
 * runs its argument late.
 */
export function changedNow(recorded: PlatformContract, now: unknown): string[] {
  return evaluated(changedFacts(recorded, "now"), now);
}

/** What a plan warns of: parts of the network that are not recorded. */
export function addedNow(recorded: PlatformContract, now: unknown): string[] {
  return evaluated(networkAdditions(recorded, "now"), now);
}

function evaluated(expressions: readonly string[], now: unknown): string[] {
  const lines = expressions.map((each) => {
    const script = each.replaceAll(/\btry\(/g, "attempt(() => ");
    return String(runInNewContext(script, { ...FUNCTIONS, now }));
  });
  return lines.filter((line) => line !== "");
}
