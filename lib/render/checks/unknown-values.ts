import { isDeepStrictEqual } from "node:util";
import { nearest } from "../../core/nearest";
import type { ChartValues, Values } from "../helm/chart-values";
import { isMap } from "../objects/is-map";

export type ValuePath = readonly string[];

/** What a release sets, beside what its chart says of it. */
export interface SetValues {
  /** The chart does not have them among its own: each with everything below it. */
  readonly unknown: readonly ValuePath[];
  /** The chart has them, with another value or as an open map. */
  readonly changed: readonly ValuePath[];
}

/** Lists are one value: to take out one of their items would move the others. */
export function compareValues(values: Values, { defaults, switches }: ChartValues): SetValues {
  const unknown: ValuePath[] = [];
  const changed: ValuePath[] = [];
  const isSwitch = (path: string) => switches.some((known) => known === path || known.startsWith(`${path}.`));
  const visit = (set: Values, known: unknown, path: ValuePath): void => {
    for (const [key, value] of Object.entries(set)) {
      const here = [...path, key];
      // An empty map or nothing at all is where a chart takes whatever comes.
      const isOpen = path.length > 0 && (!isMap(known) || Object.keys(known).length === 0);
      const isKnown = isOpen || (isMap(known) && key in known) || isSwitch(here.join(".")) || here[0] === "tags";
      const below = isMap(known) ? known[key] : undefined;
      if (isMap(value) && isKnown) visit(value, below, here);
      else if (!isKnown) unknown.push(here);
      else if (!isDeepStrictEqual(value, below)) changed.push(here);
    }
  };
  visit(values, defaults, []);
  return { unknown, changed };
}

/** All values below a path that are no map themselves. */
export function leavesBelow(values: Values, path: ValuePath): ValuePath[] {
  const value = path.reduce<unknown>((map, key) => (isMap(map) ? map[key] : undefined), values);
  if (!isMap(value)) return [path];
  return Object.keys(value).flatMap((key) => leavesBelow(values, [...path, key]));
}

/** A copy without one value. The map that it was in stays, even empty: templates read from it. */
export function without(values: Values, [key = "", ...rest]: ValuePath): Values {
  if (rest.length === 0) return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
  const below = values[key];
  return isMap(below) ? { ...values, [key]: without(below, rest) } : values;
}

/** The chart's own key that a wrong one was probably meant to be. */
export function meantKey(path: ValuePath, { defaults }: ChartValues): string | undefined {
  const beside = path.slice(0, -1).reduce<unknown>((map, key) => (isMap(map) ? map[key] : undefined), defaults);
  return nearest(path.at(-1) ?? "", Object.keys(isMap(beside) ? beside : {}));
}
