import { isKnownAtApply, type KnownAtApply } from "./known-at-apply";

/** Plain data: strings, numbers, booleans, null, lists and objects of them, and what is known only at apply. */
export type HelmValue = string | number | boolean | null | undefined | KnownAtApply | readonly HelmValue[] | HelmValues;

/** A map in a chart's values. */
export interface HelmValues {
  readonly [key: string]: HelmValue;
}

/**
 * A YAML file of values: plain YAML, nothing in it is replaced. It is read as Helm reads it, so `yes` is true and `0644` is octal; only
 * a key stays as written. What Helm takes and no one means is refused: a key given twice, several documents, a tag such as `!Ref`.
 */
export interface ValuesFile {
  /** Absolute, or from the folder that synth runs in. A layer with this key alone is a file. */
  readonly file: string;
}

/**
 * Later layers win over earlier ones, as with `helm -f a -f b`: objects are merged, everything else is replaced. Null stays: it takes
 * the chart's own default away. A key that is undefined is not there.
 */
export function mergeValues(layers: readonly object[]): Record<string, unknown> {
  return layers.reduce<Record<string, unknown>>((merged, layer) => mergeInto(merged, layer), noValues());
}

function mergeInto(base: Readonly<Record<string, unknown>>, layer: object): Record<string, unknown> {
  const merged = Object.assign(noValues(), base);
  for (const [key, value] of Object.entries(layer)) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] = isPlainObject(value) ? mergeInto(isPlainObject(before) ? before : {}, value) : value;
  }
  return merged;
}

/** Without a prototype, so that a key such as `__proto__` is one among others. */
function noValues(): Record<string, unknown> {
  return Object.create(null);
}

/** An object with keys, and not an instance of something. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isKnownAtApply(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
