import type { TerraformResourceLifecycle } from "cdktf";

/**
 * What may happen to what holds data or identity.
 *
 * `retain`: while its code is there, Terraform refuses every plan that would destroy or replace it (`prevent_destroy`); deletion
 * protection is on where the service has it; logs stay. To take the code away takes the guard away too: read the plan.
 * `destroy`: everything goes, and goes completely; for environments that can be made again.
 */
export type Removal = "retain" | "destroy";

/** All values of `Removal`. */
export const REMOVALS = ["retain", "destroy"] as const satisfies readonly Removal[];

/** The lifecycle of a resource that must not be lost by accident: guarded unless `removal` says in so many words that it is not. */
export function guarded(removal: Removal, rest: TerraformResourceLifecycle = {}): TerraformResourceLifecycle {
  return { ...rest, preventDestroy: removal !== "destroy" };
}
