import type { Faults } from "../core/faults";

/** Where a reason stands in the cluster: an annotation of the namespace or policy that it explains. */
export const REASON_ANNOTATION = "eks-platform/reason";

const MIN_LENGTH = 10;
const MAX_LENGTH = 500;

/** Adds what is wrong with the reason for an exception: it is written for the next reader, so it must say something. */
export function checkReason(faults: Faults, property: string, reason: string): void {
  faults.literal(property, reason).length(property, reason.trim(), MIN_LENGTH, MAX_LENGTH);
}
