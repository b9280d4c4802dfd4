import type { Faults } from "../core/faults";
import { MANAGED_POLICIES } from "./managed-policies";

/** Adds what is wrong with what a role is for. Types are checked too: a policy that is not there has no name to attach. */
export function checkPurposes(faults: Faults, property: string, purposes: unknown): void {
  if (purposes === undefined) return;
  if (!Array.isArray(purposes)) {
    faults.add(property, "must be a list of purposes", purposes, 'for example ["ebsCsi"]');
    return;
  }
  const known = Object.keys(MANAGED_POLICIES);
  for (const [index, purpose] of purposes.entries()) {
    const own = `${property}[${index}]`;
    faults.literal(own, purpose).oneOf(own, purpose ?? "", known);
  }
}
