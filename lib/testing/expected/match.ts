import { at, canonical, isAbsent } from "../../render/diff/plain-data";
import { fieldPath } from "../../render/objects/field-path";
import { isMap } from "../../render/objects/is-map";
import { allHidden, HIDDEN, withoutSecrets } from "../values/hide-secrets";
import { jsonIn } from "../values/json-text";
import type { OpenText } from "../values/open-text";
import { type AsymmetricMatcher, isMatcher, isPattern, textOf } from "./matcher";

/**
 * What properties must be: a value; a part of an object; `undefined` for one that must be absent; a regular expression for a text; a matcher of
 * Jest or Vitest, such as `expect.stringContaining("x")`. A list must have all its items, in order, and each item may be a part.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** One property that differs, or may differ. No secret is in it. */
export interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  /** Why it may be as expected all the same. @default - it differs for sure */
  readonly unsure?: string;
}

/** Reads an expected value, for example a token of cdktf. */
export type Resolve = (expected: unknown) => unknown;

/** How values are compared. */
export interface Comparing {
  /** Which texts are not known before apply. */
  readonly open: OpenText;
  /** Whether `"1"` is 1 and a list of one is its item, as Terraform takes them. */
  readonly isLoose: boolean;
  /** Whether one item of several is enough, whatever stands beside it: for checks that something is nowhere. */
  readonly isAny: boolean;
  /** @default - as it is written */
  readonly resolve?: Resolve;
}

interface Place extends Comparing {
  /** The actual value, without secrets. */
  readonly shown: unknown;
  readonly key: string;
}

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
  comparing: Comparing,
): Difference[] {
  return differEntries(expected, actual, "", { ...comparing, shown: hidden, key: "" });
}

/** Whether something is as expected; undefined if that cannot be said. */
export function isAsExpected(found: readonly Difference[]): boolean | undefined {
  if (found.some(({ unsure }) => unsure === undefined)) return false;
  return found.length === 0 || undefined;
}

function differ(written: unknown, actual: unknown, path: string, place: Place): Difference[] {
  const expected = place.resolve ? place.resolve(written) : written;
  if (isMatcher(expected)) return differMatcher(expected, actual, path, place);
  if (isPattern(expected)) return differPattern(expected, actual, path, place);
  const isNested = isMap(expected) || Array.isArray(expected);
  if (isNested && typeof actual === "string") {
    const json = jsonIn(actual);
    if (json) {
      const shown = place.shown === HIDDEN ? allHidden(json) : withoutSecrets(json, place.key);
      return differ(expected, json, path, { ...place, shown });
    }
    if (place.open.isOpen(actual)) return [difference(expected, path, place, place.open.why)];
    if (isMap(expected))
      return [difference(expected, path, place, place.isAny ? "is a text that is no JSON" : undefined)];
  }
  if (isMap(expected)) return differMap(expected, actual, path, place);
  if (Array.isArray(expected)) return differList(expected, actual, path, place);
  return differScalar(expected, actual, path, place);
}

function differMap(expected: Properties, actual: unknown, path: string, place: Place): Difference[] {
  if (Array.isArray(actual)) {
    if (place.isAny) return differAny(expected, actual, path, place);
    if (actual.length === 1) return differ(expected, actual[0], fieldPath(path, 0), itemPlace(place, 0));
  }
  // What a block that is not there should not hold, it does not hold.
  if (place.isAny && isAbsent(actual) && Object.keys(expected).length > 0)
    return differEntries(expected, {}, path, place);
  if (!isMap(actual)) {
    const isScalar = place.isAny && !isAbsent(actual) && !Array.isArray(actual);
    return [difference(expected, path, place, isScalar ? "is no object" : undefined)];
  }
  return differEntries(expected, actual, path, place);
}

function differEntries(expected: Properties, actual: Properties, path: string, place: Place): Difference[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    const inside = { ...place, key, shown: at(place.shown, key) };
    const own = Object.hasOwn(actual, key) ? actual[key] : undefined;
    const found = differ(value, own, fieldPath(path, key), inside);
    if (!place.open.hasDynamic(actual, key) || (found.length === 0 && value !== undefined)) return found;
    return [difference(value, fieldPath(path, key), inside, "stands in a dynamic block")];
  });
}

function differList(expected: readonly unknown[], actual: unknown, path: string, place: Place): Difference[] {
  const [only] = expected;
  if (place.isAny) {
    if (expected.length === 0 && isAbsent(actual)) return [];
    const items = isAbsent(actual) ? [] : Array.isArray(actual) ? actual : [actual];
    if (expected.length === 0) return items.length === 0 ? [] : [difference(expected, path, place)];
    return expected.flatMap((item) => differAny(item, items, path, place));
  }
  const isSingle = expected.length === 1 && !Array.isArray(actual) && !isAbsent(actual);
  if (isSingle && (isMap(actual) ? isMap(only) : place.isLoose)) return differ(only, actual, path, place);
  if (!Array.isArray(actual) || actual.length !== expected.length) return [difference(expected, path, place)];
  return expected.flatMap((item, index) =>
    differ(item, actual[index], fieldPath(path, index), itemPlace(place, index)),
  );
}

/** One item as expected is enough; else one that may be as expected is told. */
function differAny(expected: unknown, actual: readonly unknown[], path: string, place: Place): Difference[] {
  const found = actual.map((item, index) => differ(expected, item, fieldPath(path, index), itemPlace(place, index)));
  const near = found.find((each) => each.length === 0) ?? found.find((each) => isAsExpected(each) === undefined);
  return near ?? [difference(expected, path, place)];
}

function differScalar(expected: unknown, actual: unknown, path: string, place: Place): Difference[] {
  const { isAny, isLoose, open } = place;
  if (isAbsent(expected)) {
    if (isAbsent(actual) || (isAny && Array.isArray(actual) && actual.length === 0)) return [];
    const mayBeAbsent = typeof actual === "string" && open.mayBeAbsent(actual);
    return [difference(expected, path, place, mayBeAbsent ? open.why : undefined)];
  }
  if (Array.isArray(actual)) {
    if (isAny) return differAny(expected, actual, path, place);
    if (isLoose && actual.length === 1) return differ(expected, actual[0], fieldPath(path, 0), itemPlace(place, 0));
  }
  if (isMap(actual)) return [difference(expected, path, place, isAny ? "is an object" : undefined)];
  if (isSame(expected, actual, isLoose || isAny)) return [];
  const maybe = !isAbsent(actual) && open.mayBeSame(String(expected), String(actual));
  return [difference(expected, path, place, maybe ? open.why : undefined)];
}

function isSame(expected: unknown, actual: unknown, isLoose: boolean): boolean {
  if (expected === actual) return true;
  if (!isLoose || isAbsent(actual)) return false;
  if (String(expected) === String(actual)) return true;
  const [one, other] = [expected, actual].map((text) => (typeof text === "string" ? jsonIn(text) : undefined));
  return one !== undefined && other !== undefined && canonical(one) === canonical(other);
}

function differPattern(expected: RegExp, actual: unknown, path: string, place: Place): Difference[] {
  if (Array.isArray(actual)) {
    if (place.isAny) return differAny(expected, actual, path, place);
    if (place.isLoose && actual.length === 1)
      return differPattern(expected, actual[0], fieldPath(path, 0), itemPlace(place, 0));
  }
  if (isMap(actual)) return [difference(expected, path, place, place.isAny ? "is an object" : undefined)];
  const isText = typeof actual === "string" || ((place.isLoose || place.isAny) && !isAbsent(actual));
  const pattern = new RegExp(expected.source, expected.flags.replace(/[gy]/g, ""));
  if (isText && pattern.test(String(actual))) return [];
  return [difference(expected, path, place, place.open.isIn(actual) ? place.open.why : undefined)];
}

function differMatcher(expected: AsymmetricMatcher, actual: unknown, path: string, place: Place): Difference[] {
  const json = typeof actual === "string" ? jsonIn(actual) : undefined;
  const whole = json ? [actual, json] : [actual];
  const tried = place.isAny ? whole.flatMap((each) => (Array.isArray(each) ? [each, ...each] : [each])) : whole;
  const isIt = (value: unknown) => expected.asymmetricMatch(value);
  const isOpen = place.open.isIn(actual);
  // Of what is not known, a matcher such as `expect.not.stringContaining` would say that it is so.
  if (expected.inverse === true ? tried.every(isIt) && !isOpen : tried.some(isIt)) return [];
  return [difference(expected, path, place, isOpen ? place.open.why : undefined)];
}

function itemPlace(place: Place, index: number): Place {
  return { ...place, shown: Array.isArray(place.shown) ? place.shown[index] : undefined };
}

function difference(expected: unknown, path: string, { shown, key }: Place, unsure?: string): Difference {
  const isPlain = isMatcher(expected) || isPattern(expected) || expected === undefined;
  const visible = shown === HIDDEN ? HIDDEN : isPlain ? expected : withoutSecrets(expected, key);
  return { path, expected: textOf(visible), got: textOf(shown), ...(unsure !== undefined && { unsure }) };
}

/** A line for each property that differs. */
export function differenceLines(found: readonly Difference[]): string[] {
  return found.map(({ path, expected, got }) => `  ${path}: expected ${expected}, got ${got}`);
}

/** A line for each property of which it cannot be said whether it is as expected. */
export function unsureLines(title: string, found: readonly Difference[]): string[] {
  return found.map(({ path, got, unsure }) => `  ${title}: ${path} ${unsure}, got ${got}`);
}
