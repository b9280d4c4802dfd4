import { isMap, type PlainMap } from "../objects/is-map";

/** Kubernetes reads null as a field that is not there. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** The value at a path of keys; undefined if there is none. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  const found = keys.reduce<unknown>((inside, key) => (isMap(inside) ? own(inside, key) : undefined), value);
  return isAbsent(found) ? undefined : found;
}

/** The list at a path of keys; empty if there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** One text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inside: unknown) => (isMap(inside) ? sorted(inside) : inside)) ?? "";
}

/** Whether two values are equal, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other || (isAbsent(one) && isAbsent(other))) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isMap(one) || !isMap(other)) return false;
  return keysOf(one, other).every((key) => isSame(own(one, key), own(other, key)));
}

/** The keys of two maps, each once. */
export function keysOf(one: PlainMap, other: PlainMap): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

/** The value of a key, and never what every object of JavaScript has. */
export function own(map: PlainMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Compares by code units: the same order on every machine. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function sorted(map: PlainMap): PlainMap {
  const entries = Object.entries(map).filter(([, value]) => !isAbsent(value));
  return Object.fromEntries(entries.sort(([one], [other]) => compareText(one, other)));
}
