import type { Faults } from "../core/faults";
import { nearest } from "../core/nearest";
import type { ChartSource, CrdStrategy } from "./chart-source";
import { isKnownAtApply, type KnownAtApply } from "./known-at-apply";
import { isPlainObject } from "./values";

/**
 * The keys that a chart knows. `scalar` takes text, numbers and booleans: what a values file shows as its default does not say what
 * else the chart takes. `map` and `list` may hold anything, `any` may be anything.
 */
export type ValuesShape = KindOfValue | { readonly [key: string]: ValuesShape };

/** What a value of a known chart may be; `scalar` is text, a number or a truth value. */
export type KindOfValue = "string" | "number" | "boolean" | "scalar" | "map" | "list" | "any";

/** The values that fit a shape. */
export type ValuesOf<S> = S extends "string"
  ? string
  : S extends "number"
    ? number
    : S extends "boolean"
      ? boolean
      : S extends "scalar"
        ? string | number | boolean
        : S extends "map"
          ? Readonly<Record<string, unknown>>
          : S extends "list"
            ? readonly unknown[]
            : S extends "any"
              ? unknown
              : { readonly [K in keyof S]?: ValuesOf<S[K]> | KnownAtApply | null };

/** A chart whose keys are known: a wrong one does not compile, and is a fault at synth. */
export type KnownChart<S extends ValuesShape = ValuesShape> = ChartSource & {
  readonly shape: S;
  readonly crds: CrdStrategy;
};

export function isKnownChart(chart: ChartSource): chart is KnownChart {
  return "shape" in chart;
}

/** Adds a fault for every key that the chart does not know, and for a value of another type than the chart takes. */
export function checkShape(faults: Faults, property: string, shape: ValuesShape, value: unknown): void {
  // Null takes a default away, whatever it was.
  if (value === null || isKnownAtApply(value)) return;
  if (typeof shape === "string") {
    if (!TAKES[shape].fits(value)) faults.add(property, `must be ${TAKES[shape].named}, not ${kindOf(value)}`);
    return;
  }
  if (!isPlainObject(value)) {
    faults.add(property, `must be an object, not ${kindOf(value)}`);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const inner = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (inner) checkShape(faults, `${property}.${key}`, inner, item);
    else faults.add(`${property}.${key}`, "is not a key of the chart", undefined, suggestion(key, Object.keys(shape)));
  }
}

const isOf = (type: string) => (value: unknown) => typeof value === type;

const TAKES: Readonly<Record<KindOfValue, { readonly named: string; fits(value: unknown): boolean }>> = {
  string: { named: "text", fits: isOf("string") },
  number: { named: "a number", fits: isOf("number") },
  boolean: { named: "true or false", fits: isOf("boolean") },
  scalar: { named: "text, a number, true or false", fits: (value) => typeof value !== "object" },
  map: { named: "an object", fits: isPlainObject },
  list: { named: "a list", fits: Array.isArray },
  any: { named: "anything", fits: () => true },
};

/** The value itself is not told: it may be a secret. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function suggestion(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near) return `did you mean "${near}"?`;
  return known.length > 12 ? "see the chart's values" : `known are ${known.join(", ")}`;
}
