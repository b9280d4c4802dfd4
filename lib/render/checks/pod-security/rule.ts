import type { Pod } from "./pod";

/** A field that breaks a rule. */
export interface Violation {
  readonly path: string;
  /** What the field must be, as it follows the field in a sentence: `must not be true`. */
  readonly rule: string;
  readonly fix: string;
}

/** A control of the Pod Security Standards. */
export interface Rule {
  /** The levels that the rule belongs to: a stricter rule for the same field stands in the place of the one of `baseline`. */
  readonly levels: readonly ("baseline" | "restricted")[];
  /** The first minor version of Kubernetes that has the rule. Without it, all that EKS offers. */
  readonly since?: number;
  /** Whether the pod is let off. */
  readonly exempts?: (pod: Pod, minor: number) => boolean;
  readonly find: (pod: Pod, minor: number) => readonly Violation[];
}
