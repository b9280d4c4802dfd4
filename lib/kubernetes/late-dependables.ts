import type { ITerraformDependable } from "cdktf";
import type { INamespace } from "./namespace-interface";

type Ask = () => readonly ITerraformDependable[];

const asked = new WeakMap<INamespace, Ask[]>();

/** Has pods of a namespace wait for what is known at synth only, as what a role is granted after it was made. */
export function addLateDependables(namespace: INamespace, ask: Ask): void {
  asked.set(namespace, [...(asked.get(namespace) ?? []), ask]);
}

/** What pods of a namespace wait for. To be asked at synth: everything is made then. */
export function dependablesAtSynth(namespace: INamespace): readonly ITerraformDependable[] {
  return [...namespace.dependables, ...(asked.get(namespace) ?? []).flatMap((ask) => ask())];
}
