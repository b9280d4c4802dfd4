import { Token } from "cdktf";
import type { Faults } from "../core/faults";

/** Whether a value is known at synth; adds a fault if not. What is checked by its parts needs this before the check. */
export function isKnown(faults: Faults, property: string, value: string): boolean {
  faults.literal(property, value);
  return !Token.isUnresolved(value);
}
