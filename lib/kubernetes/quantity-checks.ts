import type { Faults } from "../core/faults";
import { isKnown } from "./known";
import { compareQuantities, formatQuantity, isMultipleOf, parseQuantity, type Quantity } from "./quantity";

/** A quantity and the property it stands in. */
export interface NamedQuantity {
  readonly property: string;
  /** undefined: nothing is said, and nothing compared. */
  readonly value: string | undefined;
}

const UNITS = {
  cpu: { unit: { nano: 1_000_000n, form: "decimal" }, rule: "a quantity of CPU, not finer than 1m", example: '"500m"' },
  bytes: { unit: { nano: 10n ** 9n, form: "decimal" }, rule: "a quantity of whole bytes", example: '"512Mi"' },
} as const satisfies Record<string, { unit: Quantity; rule: string; example: string }>;

/** Adds a fault unless the value is a quantity of CPU, in thousandths, or of whole bytes. Zero passes, a negative one does not. */
export function checkQuantity(faults: Faults, kind: "cpu" | "bytes", { property, value }: NamedQuantity): void {
  if (value === undefined || !isKnown(faults, property, value)) return;
  const { unit, rule, example } = UNITS[kind];
  const quantity = parseAmount(value);
  faults.check(
    quantity !== undefined && isMultipleOf(quantity, unit),
    property,
    `must be ${rule}`,
    value,
    `for example ${example}`,
  );
}

/** Adds a fault if the first is more than the second. A value that is no quantity has a fault of its own. */
export function checkAtMost(faults: Faults, small: NamedQuantity, large: NamedQuantity): void {
  const holds = small.value === undefined || large.value === undefined || !isMore(small.value, large.value);
  faults.check(holds, small.property, `must be at most '${large.property}', which is ${large.value}`, small.value);
}

/** The first value, or the smallest bound if that is less. A bound that is no quantity, or below zero, has a fault of its own. */
export function atMost(value: string, ...bounds: (string | undefined)[]): string {
  return bounds.reduce<string>((least, bound) => (bound !== undefined && isMore(least, bound) ? bound : least), value);
}

function isMore(one: string, other: string): boolean {
  const [left, right] = [parseAmount(one), parseAmount(other)];
  return left !== undefined && right !== undefined && compareQuantities(left, right) > 0;
}

function parseAmount(text: string): Quantity | undefined {
  const quantity = parseQuantity(text);
  return quantity && quantity.nano >= 0n ? quantity : undefined;
}

/** Values as the API server gives them back; those that are undefined are left out. */
export function canonical(values: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const quantity = value === undefined ? undefined : parseQuantity(value);
    return quantity ? [[name, formatQuantity(quantity)] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
