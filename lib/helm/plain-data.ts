import { Tokenization } from "cdktf";
import type { Faults } from "../core/faults";
import { holdsToken } from "./holds-token";
import { isKnownAtApply, type KnownAtApply } from "./known-at-apply";
import { isPlainObject } from "./values";

/** Half of a pair of UTF-16 units: no Unicode text, and no YAML parser takes it. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Adds a fault for everything that is not plain data. No message holds a value: it may be a secret. */
export function checkPlainData(faults: Faults, property: string, values: unknown): void {
  check(faults, property, values, []);
}

function check(faults: Faults, property: string, value: unknown, parents: readonly unknown[]): void {
  if (isKnownAtApply(value)) {
    checkToken(faults, property, value);
    check(faults, `${property}: the example`, value.example, parents);
  } else if (holdsToken(value)) {
    const fix = "wrap it in knownAtApply(...), with an example to render";
    faults.add(property, "must be known at synth, got a token", undefined, fix);
  } else if (typeof value === "string") {
    checkText(faults, property, value);
  } else if (typeof value === "number") {
    checkNumber(faults, property, value);
  } else if (Array.isArray(value)) {
    checkItems(faults, property, value, parents, (index) => `${property}[${index}]`);
  } else if (isPlainObject(value)) {
    checkItems(faults, property, value, parents, (key) => `${property}.${key}`);
  } else if (value !== null && typeof value !== "boolean") {
    const fix = "use text, numbers, true, false, null, lists and objects";
    faults.add(property, "must be plain data", nameOf(value), fix);
  }
}

/** Terraform writes the token as JSON: text around it would end up within an expression. */
function checkToken(faults: Faults, property: string, { value }: KnownAtApply): void {
  if (isOneToken(value)) return;
  if (typeof value === "string") {
    const fix = 'build the text with Fn.format("...%s...", [a, b]) or Fn.join';
    faults.add(property, "must be one token alone", undefined, fix);
  } else {
    faults.add(property, "must be one token alone", undefined, "wrap each item of the list");
  }
}

function isOneToken(value: unknown): boolean {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === "number")) return Tokenization.reverseNumberList(value) !== undefined;
    return value.every((item) => typeof item === "string") && Tokenization.reverseList(value) !== undefined;
  }
  if (typeof value !== "string") return Tokenization.reverse(value).length === 1;
  const parts = Tokenization.reverseString(value);
  return parts.length === 1 && parts.tokens.length === 1;
}

function checkItems(
  faults: Faults,
  property: string,
  parent: readonly unknown[] | Readonly<Record<string, unknown>>,
  parents: readonly unknown[],
  child: (key: string | number) => string,
): void {
  if (parents.includes(parent)) {
    faults.add(property, "must not contain itself");
    return;
  }
  const within = [...parents, parent];
  if (Array.isArray(parent)) {
    for (const [index, item] of parent.entries()) check(faults, child(index), item, within);
    return;
  }
  for (const [key, item] of Object.entries(parent)) {
    const fix = "write the value itself instead of another resource's attribute";
    if (holdsToken(key)) faults.add(`${property}: the key`, "must be known at synth, got a token", undefined, fix);
    checkText(faults, `${property}: the key`, key);
    // An optional value that was not given is no value.
    if (item !== undefined) check(faults, child(key), item, within);
  }
}

function checkText(faults: Faults, property: string, text: string): void {
  faults
    .check(!text.includes("\u0000"), property, "must not hold the character NUL")
    .check(!LONE_SURROGATE.test(text), property, "must be Unicode text, holds half a character");
}

/** NaN and infinity would become null without a word, and a whole number above 2^53 another number. */
function checkNumber(faults: Faults, property: string, number: number): void {
  if (!Number.isFinite(number)) faults.add(property, "must be plain data", String(number), "JSON has no such number");
  else if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    faults.add(property, "must be below 2^53, or text", undefined, "write it in quotes");
  }
}

function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return value.constructor?.name ?? "an object with a prototype";
}
