import { Construct } from "constructs";
import * as v from "valibot";
import type { Faults } from "./faults";
import { addShapeFaults } from "./shape-faults";

/** An object with keys, not a list. */
export const anObject = {
  ...v.custom<object>((value) => typeof value === "object" && value !== null && !Array.isArray(value)),
  expects: "Object",
};

/** Text under keys that are not known before. */
export const texts = v.pipe(anObject, v.record(v.string(), v.string()));

/** A construct by what it has, not by its class: what others than this package write counts too. */
export function aConstruct(expects: string, has: (construct: Readonly<Record<string, unknown>>) => boolean) {
  return {
    ...v.custom<Construct>((value) => Construct.isConstruct(value) && has(value as unknown as Record<string, unknown>)),
    expects,
  };
}

/**
 * Adds what the compiler tells of a construct's props, for those who write JavaScript: what is missing, of another type, or no property at
 * all. No value is told: it may be a secret.
 */
export function checkPropsShape(faults: Faults, shape: v.GenericSchema, props: unknown): void {
  const { issues = [] } = v.safeParse(shape, given(props));
  addShapeFaults(
    faults,
    issues,
    (path) => path || "props",
    () => false,
  );
}

/** Without what is said to be left out. */
function given(props: unknown): unknown {
  if (typeof props !== "object" || props === null || Array.isArray(props)) return props;
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}
