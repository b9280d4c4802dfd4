import type { TerraformResourceLifecycle } from "cdktf";

/**
 * What happens to what holds data or identity when its code goes away.
 *
 * `retain`: Terraform refuses to destroy it (`prevent_destroy`), deletion protection is on where the service has it, logs stay.
 * `destroy`: everything goes, and goes completely; for environments that can be made again.
 */
export type Removal = "retain" | "destroy";

/** The lifecycle of a resource that must not be lost by accident. */
export function guarded(removal: Removal, rest: TerraformResourceLifecycle = {}): TerraformResourceLifecycle {
  return { ...rest, preventDestroy: removal === "retain" };
}
