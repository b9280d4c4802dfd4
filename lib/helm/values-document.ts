import { Fn, Token } from "cdktf";
import { isKnownAtApply, type KnownAtApply } from "./known-at-apply";
import { isPlainObject } from "./values";

/** Values as Terraform gets them. */
export interface ValuesDocument {
  readonly text: string;
  /** The same with examples; undefined if every value is known at synth. */
  readonly example?: Record<string, unknown>;
}

/** Characters that YAML does not allow as they are, or reads as line breaks. */
const NOT_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Values as one document, keys in order, a line for each, so that one changed value is one changed line in a plan. JSON is YAML.
 * Terraform's own marks are escaped: a chart gets `${...}` and `%{...}` as written. What is known only at apply is written by Terraform,
 * as JSON too, so that no quote or line break in it can break the document.
 */
export function valuesDocument(values: Readonly<Record<string, unknown>>): ValuesDocument {
  const expressions: string[] = [];
  const marked = transform(values, ({ value }) => {
    expressions.push(Token.asString(Fn.jsonencode(value)));
    return `\u0000${expressions.length - 1}\u0000`;
  });
  const text = JSON.stringify(marked, undefined, 2)
    .replaceAll(NOT_IN_YAML, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    // The match is repeated through a function: in replacement text `$$` would mean a single `$`.
    .replaceAll(/[$%]\{/g, (mark) => `${mark[0]}${mark}`)
    .replaceAll(/"\\u0000(\d+)\\u0000"/g, (_, index) => expressions[Number(index)] ?? "");
  if (expressions.length === 0) return { text };
  return { text, example: transform(values, ({ example }) => example) as Record<string, unknown> };
}

function transform(value: unknown, apply: (value: KnownAtApply) => unknown): unknown {
  if (isKnownAtApply(value)) return apply(value);
  if (Array.isArray(value)) return value.map((item) => transform(item, apply));
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, transform(value[key], apply)]));
}
