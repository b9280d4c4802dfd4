import { at } from "../render/diff/plain-data";
import { fieldPath } from "../render/objects/field-path";
import { isMap } from "../render/objects/is-map";
import { HIDDEN, withoutSecrets } from "./hide-secrets";
import { jsonIn } from "./json-text";

/**
 * What properties must be: a value; a part of an object; `undefined` for one that must be absent; a regular expression for a text; a matcher of
 * Jest or Vitest, such as `expect.stringContaining("x")`. A list must have all its items, in order, and each item may be a part.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** One property that differs. No secret is in it. */
export interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

/** Reads an expected value, for example a token of cdktf. */
export type Resolve = (expected: unknown) => unknown;

const MAX_LENGTH = 200;

/**
 * Where an object has not what is expected of it; empty if it has all. A block of Terraform that may stand once is an object or a list of one,
 * and a text that holds JSON is compared as JSON where an object or a list is expected.
 *
 * @param hidden The actual object without its secrets: what is shown of it.
 */
export function differences(
  expected: Properties,
  actual: Properties,
  hidden: unknown,
  resolve: Resolve = (value) => value,
): Difference[] {
  return Object.entries(expected).flatMap(([key, value]) =>
    differ(value, actual[key], key, { shown: at(hidden, key), key, resolve }),
  );
}

interface Place {
  /** The actual value, without secrets. */
  readonly shown: unknown;
  readonly key: string;
  readonly resolve: Resolve;
}

function differ(written: unknown, actual: unknown, path: string, place: Place): Difference[] {
  const expected = place.resolve(written);
  if (isMatcher(expected)) return expected.asymmetricMatch(actual) ? [] : [difference(expected, path, place)];
  if (expected instanceof RegExp) {
    const matches =
      typeof actual === "string" && new RegExp(expected.source, expected.flags.replace(/[gy]/g, "")).test(actual);
    return matches ? [] : [difference(expected, path, place)];
  }
  const wanted = isMap(expected) || Array.isArray(expected);
  if (wanted && typeof actual === "string") {
    const json = jsonIn(actual);
    if (json) return differ(expected, json, path, { ...place, shown: withoutSecrets(json, place.key) });
  }
  if (isMap(expected)) return differMap(expected, actual, path, place);
  if (Array.isArray(expected)) return differList(expected, actual, path, place);
  const same = expected === actual || (expected === undefined && actual === null);
  return same ? [] : [difference(expected, path, place)];
}

function differMap(expected: Properties, actual: unknown, path: string, place: Place): Difference[] {
  if (Array.isArray(actual) && actual.length === 1)
    return differMap(expected, actual[0], fieldPath(path, 0), { ...place, shown: itemOf(place.shown, 0) });
  if (!isMap(actual)) return [difference(expected, path, place)];
  return Object.entries(expected).flatMap(([key, value]) =>
    differ(value, Object.hasOwn(actual, key) ? actual[key] : undefined, fieldPath(path, key), {
      ...place,
      key,
      shown: at(place.shown, key),
    }),
  );
}

function differList(expected: readonly unknown[], actual: unknown, path: string, place: Place): Difference[] {
  const [only] = expected;
  if (expected.length === 1 && isMap(only) && isMap(actual)) return differMap(only, actual, path, place);
  if (!Array.isArray(actual) || actual.length !== expected.length) return [difference(expected, path, place)];
  return expected.flatMap((item, index) =>
    differ(item, actual[index], fieldPath(path, index), { ...place, shown: itemOf(place.shown, index) }),
  );
}

function itemOf(list: unknown, index: number): unknown {
  return Array.isArray(list) ? list[index] : undefined;
}

function difference(expected: unknown, path: string, { shown, key }: Place): Difference {
  const plain = isMatcher(expected) || expected instanceof RegExp || expected === undefined;
  const visible = shown === HIDDEN ? HIDDEN : plain ? expected : withoutSecrets(expected, key);
  return { path, expected: textOf(visible), got: textOf(shown) };
}

function textOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === HIDDEN) return HIDDEN;
  const text = isMatcher(value) || value instanceof RegExp ? String(value) : JSON.stringify(value, textInside);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}

function textInside(_key: string, value: unknown): unknown {
  return isMatcher(value) || value instanceof RegExp ? String(value) : value;
}

function isMatcher(value: unknown): value is AsymmetricMatcher {
  return typeof value === "object" && value !== null && "asymmetricMatch" in value;
}

/** A line for each property that differs. */
export function differenceLines(found: readonly Difference[]): string[] {
  return found.map(({ path, expected, got }) => `  ${path}: expected ${expected}, got ${got}`);
}
