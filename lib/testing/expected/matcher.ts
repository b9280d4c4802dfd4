import { HIDDEN } from "../values/hide-secrets";

/** A matcher of Jest or Vitest. */
export interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
  /** Whether it is one of `expect.not`. */
  readonly inverse?: boolean;
  /** What it compares with. */
  readonly sample?: unknown;
}

const MAX_LENGTH = 200;

export function isMatcher(value: unknown): value is AsymmetricMatcher {
  return typeof value === "object" && value !== null && "asymmetricMatch" in value;
}

export function isPattern(value: unknown): value is RegExp {
  return value instanceof RegExp || Object.prototype.toString.call(value) === "[object RegExp]";
}

/** A value as a message shows it. */
export function textOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === HIDDEN) return HIDDEN;
  const text = isSpecial(value) ? String(value) : (JSON.stringify(value, textInside) ?? String(value));
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}

function textInside(_key: string, value: unknown): unknown {
  return isSpecial(value) ? String(value) : value;
}

function isSpecial(value: unknown): boolean {
  return isMatcher(value) || isPattern(value);
}
