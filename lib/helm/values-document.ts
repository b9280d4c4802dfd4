import { Token } from "cdktf";
import type { Faults } from "../core/faults";

/**
 * Values as one document, a line for each key, so that one changed value is one changed line in a plan. JSON is YAML. Terraform's own
 * marks are escaped: a chart gets `${...}` and `%{...}` as written.
 */
export function valuesDocument(faults: Faults, property: string, values: Readonly<Record<string, unknown>>): string {
  checkPlain(faults, property, values);
  // The match is repeated through a function: in replacement text `$$` would mean a single `$`.
  return JSON.stringify(values, undefined, 2).replaceAll(/[$%]\{/g, (mark) => `${mark[0]}${mark}`);
}

function checkPlain(faults: Faults, property: string, value: unknown): void {
  if (Token.isUnresolved(value)) faults.literal(property, value);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkPlain(faults, `${property}[${index}]`, item);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      faults.literal(`${property}: the key`, key);
      checkPlain(faults, `${property}.${key}`, item);
    }
  } else {
    // NaN and Infinity would become null without a word.
    const plain = value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
    faults.check(plain, property, "must be plain data", String(value));
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
