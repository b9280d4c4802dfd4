import type { ITerraformDependable } from "cdktf";
import type { INamespace } from "./namespace-interface";

type Ask = () => readonly ITerraformDependable[];

const asked = new WeakMap<INamespace, Ask[]>();

/** Has pods of a namespace wait for what is not made yet, as what a role is granted later. */
export function addLateDependables(namespace: INamespace, ask: Ask): void {
  asked.set(namespace, [...(asked.get(namespace) ?? []), ask]);
}

/**
 * What of that is made by now. To be asked when a release is made: what comes later may be about the release itself, such as a right on the load
 * balancer that it brings, and could not come before it.
 */
export function madeByNow(namespace: INamespace): readonly ITerraformDependable[] {
  return (asked.get(namespace) ?? []).flatMap((ask) => ask());
}
