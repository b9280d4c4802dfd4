import type { Release } from "@cdktf/provider-helm/lib/release";
import { DefaultTokenResolver, dependable, type ITerraformDependable, StringConcat, Tokenization } from "cdktf";

/** Addresses by what has them: the parts of a namespace come before many releases. */
const addresses = new WeakMap<ITerraformDependable, string>();
const resolver = new DefaultTokenResolver(new StringConcat());

/** Has a release come after others too, each once; what it comes after already stays. At synth only: addresses are final then. */
export function comeAfter(release: Release, others: readonly ITerraformDependable[]): void {
  const present = (release.dependsOn ?? []).map((token) => addressOf(release, token));
  release.dependsOn = [...new Set([...others.map((other) => addressOfOther(release, other)), ...present])];
}

function addressOfOther(scope: Release, other: ITerraformDependable): string {
  const address = addresses.get(other) ?? addressOf(scope, dependable(other));
  addresses.set(other, address);
  return address;
}

function addressOf(scope: Release, token: string): string {
  return Tokenization.resolve(token, { scope, resolver }) as string;
}
