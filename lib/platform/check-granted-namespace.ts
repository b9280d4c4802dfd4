import type { Faults } from "../core/faults";
import type { PlatformContract } from "./contract";

/** Whether a namespace, as it is written, is a granted one; adds a fault if not. */
export function checkGrantedNamespace(
  faults: Faults,
  property: string,
  value: unknown,
  { namespaces, team }: PlatformContract,
): boolean {
  const granted = Object.keys(namespaces);
  const rule = `must be a namespace granted to ${team} (${granted.join(", ") || "none"})`;
  if (typeof value === "string" && granted.includes(value)) return true;
  // Of a namespace that is made here, the namespace itself is the fault.
  if (typeof value === "string" && value.startsWith("${kubernetes_namespace")) return false;
  if (typeof value === "string" && value.includes("${")) {
    faults.add(property, `${rule}, known at synth`, value, "write its name");
  } else if (value === undefined || value === null) {
    faults.add(property, rule, undefined, 'without it the object is in "default"');
  } else faults.add(property, rule, value);
  return false;
}
