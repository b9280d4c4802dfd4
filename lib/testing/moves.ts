import { isMap } from "../render/objects/is-map";
import type { Body } from "../render/stack/stack-file";
import { type StackUnderTest } from "./stack-under-test";

/** Where resources are now that stood elsewhere, by the stack's `moved` blocks, and which are only forgotten, by its `removed` blocks. */
export interface Moves {
  /** The address that a resource has now. */
  now(address: string): string;
  /** Whether Terraform forgets the resource and leaves it there. */
  isForgotten(address: string): boolean;
  /** A copy in which references follow the resources. */
  followed(value: unknown): unknown;
}

export function movesOf({ json }: StackUnderTest): Moves {
  const steps = new Map(blocks(json.moved).map(({ from, to }) => [String(from), String(to)]));
  const forgotten = blocks(json.removed)
    .filter(({ lifecycle }) => [lifecycle].flat().some((each) => isMap(each) && each.destroy === false))
    .map(({ from }) => String(from));
  const now = (address: string): string => {
    const passed = new Set<string>();
    let at = address;
    for (let next = steps.get(at); next !== undefined && !passed.has(at); next = steps.get(at)) {
      passed.add(at);
      at = next;
    }
    return at;
  };
  const followed = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(/\b[a-z][a-z0-9_]*\.[A-Za-z][\w-]*/g, (each) => now(each));
    if (Array.isArray(value)) return value.map(followed);
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, followed(inside)]));
  };
  return { now, isForgotten: (address) => forgotten.includes(address), followed };
}

function blocks(value: unknown): Body[] {
  return [value ?? []].flat().filter(isMap);
}
