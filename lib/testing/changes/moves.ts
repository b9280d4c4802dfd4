import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import { CheckFailed } from "../check-failed";
import type { StackUnderTest } from "../stack/stack-under-test";
import { bodyAt, instanceKeys, splitAddress } from "./instances";

/** Where resources are now that stood elsewhere, by the stack's `moved` blocks, and which are only forgotten, by its `removed` blocks. */
export interface Moves {
  /** The address that a resource, or one instance of it, has now. */
  now(address: string): string;
  /** The first address on its way that was taken before: Terraform moves nothing there. Undefined if there is none. */
  blockedAt(address: string, wasThere: (address: string) => boolean): string | undefined;
  /** Addresses of single instances of a resource that are moved. */
  movedInstances(address: string): readonly string[];
  /** Whether Terraform forgets the resource and leaves it there. */
  isForgotten(address: string): boolean;
  /** A copy in which references follow the resources. */
  followed(value: unknown): unknown;
}

/** `type.name`, with the key of an instance or not. */
const ADDRESS = /\b[a-z][a-z0-9_]*\.[A-Za-z][\w-]*(?:\["[^"\]]*"\]|\[\d+\])?/g;

interface Step {
  readonly from: string;
  readonly to: string;
}

/** @throws {CheckFailed} if Terraform refuses what the `moved` blocks say */
export function movesOf(stack: StackUnderTest): Moves {
  const steps = blocks(stack.json.moved).map(({ from, to }) => ({ from: String(from), to: String(to) }));
  const faults = faultsOf(steps, stack);
  if (faults.length > 0)
    throw new CheckFailed(
      [`Terraform refuses moved blocks of ${stack.name}:`, ...faults.map((fault) => `  ${fault}`)].join("\n"),
    );
  const next = nextIn(steps);
  const way = (address: string): string[] => {
    const after = next(address);
    return after === undefined ? [address] : [address, ...way(after)];
  };
  const now = (address: string) => way(address).at(-1) ?? address;
  const forgotten = blocks(stack.json.removed)
    .filter(({ lifecycle }) => [lifecycle].flat().some((each) => isMap(each) && each.destroy === false))
    .map(({ from }) => String(from));
  const followed = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(ADDRESS, (each) => now(each));
    if (Array.isArray(value)) return value.map(followed);
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, followed(inside)]));
  };
  return {
    now,
    blockedAt: (address, wasThere) => way(address).slice(1).find(wasThere),
    movedInstances: (address) =>
      steps.map(({ from }) => from).filter((from) => from !== address && splitAddress(from)[0] === address),
    isForgotten: (address) => way(splitAddress(address)[0]).some((each) => forgotten.includes(each)),
    followed,
  };
}

/** The next address on the way. A block without keys moves a resource with all its instances. */
function nextIn(steps: readonly Step[]): (address: string) => string | undefined {
  const next = new Map(steps.map(({ from, to }) => [from, to]));
  return (address) => {
    const exact = next.get(address);
    if (exact !== undefined) return exact;
    const [base, key] = splitAddress(address);
    const whole = next.get(base);
    return whole === undefined || splitAddress(whole)[1] !== "" ? undefined : `${whole}${key}`;
  };
}

/** @see https://github.com/hashicorp/terraform/blob/v1.11.0/internal/refactoring/move_validate.go */
function faultsOf(steps: readonly Step[], stack: StackUnderTest): string[] {
  const faults = steps.flatMap(({ from, to }, index) => {
    if (from === to) return [`${from} is moved to itself`];
    const before = steps.slice(0, index);
    const sameTarget = before.find((step) => step.to === to && step.from !== from);
    const sameSource = before.find((step) => step.from === from && step.to !== to);
    return [
      ...(sameTarget ? [`${sameTarget.from} and ${from} are both moved to ${to}`] : []),
      ...(sameSource ? [`${from} is moved to both ${sameSource.to} and ${to}`] : []),
      ...(isStillThere(stack, from, to) ? [`${from} is moved to ${to}, but is still in the stack`] : []),
    ];
  });
  return faults.length > 0 ? faults : circlesIn(steps);
}

function isStillThere(stack: StackUnderTest, from: string, to: string): boolean {
  const [base, key] = splitAddress(from);
  const body = bodyAt(stack, base);
  if (body === undefined) return false;
  const isWhole = key === "" && splitAddress(to)[1] === "";
  return isWhole || (instanceKeys(body)?.includes(key) ?? false);
}

function circlesIn(steps: readonly Step[]): string[] {
  const next = nextIn(steps);
  return steps.flatMap(({ from }) => {
    const passed = new Set<string>();
    for (let at: string | undefined = from; at !== undefined; at = next(at)) {
      if (passed.has(at)) return at === from ? [`${from} is moved in a circle`] : [];
      passed.add(at);
    }
    return [];
  });
}

function blocks(value: unknown): Body[] {
  return [value ?? []].flat().filter(isMap);
}
