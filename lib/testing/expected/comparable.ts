import { Token } from "cdktf";
import { fieldPath } from "../../render/objects/field-path";
import { givenText, isPlain } from "../values/given-text";
import type { Properties } from "./match";
import { isMatcher, isPattern } from "./matcher";

/** Which values a check can compare. */
export interface Comparable {
  /** What the object is called, at the beginning of each path. */
  readonly owner: "fields" | "properties";
  /** Whether an attribute of a construct has a meaning there. */
  readonly withTokens: boolean;
}

/**
 * Makes sure that each expected value can be what a stack holds. A function or a Map is in no stack, so a check that something is nowhere would hold.
 *
 * @throws {Error} with the path of the first value that cannot
 */
export function assertComparable(expected: unknown, how: Comparable): asserts expected is Properties {
  const isObject = typeof expected === "object" && expected !== null;
  if (!isObject || !isPlain(expected) || isMatcher(expected) || Token.isUnresolved(expected))
    throw new Error(`'${how.owner}' must be an object, got ${givenText(expected)}`);
  for (const [key, value] of Object.entries(expected)) assertValue(value, fieldPath(how.owner, key), how);
}

function assertValue(value: unknown, path: string, how: Comparable): void {
  if (value === undefined || value === null || typeof value === "boolean" || isMatcher(value) || isPattern(value))
    return;
  if (Token.isUnresolved(value)) {
    if (how.withTokens) return;
    throw new Error(`'${path}' must be known now, got an attribute of a construct; write the value that is rendered`);
  }
  if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value))) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertValue(item, fieldPath(path, index), how);
    return;
  }
  if (typeof value !== "object" || !isPlain(value))
    throw new Error(
      `'${path}' must be a value of JSON, a regular expression or a matcher, got ${givenText(value)}; ${fixFor(value)}`,
    );
  for (const [key, inside] of Object.entries(value)) assertValue(inside, fieldPath(path, key), how);
}

function fixFor(value: unknown): string {
  if (typeof value === "function") return "write the value, or a matcher such as expect.stringContaining(...)";
  if (typeof value === "number" || typeof value === "bigint") return "write a finite number or a text";
  if (typeof value !== "object" || value === null) return "write a text";
  if ("then" in value && typeof value.then === "function") return "await it";
  if (value instanceof Map) return "write an object: Object.fromEntries(...)";
  if (value instanceof Set) return "write a list: [...]";
  if (value instanceof Date) return "write its text";
  return "write out what it holds, or the attribute that is meant";
}
