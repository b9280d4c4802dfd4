import { Address4 } from "ip-address";

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Where pods may have addresses if nothing is said: all private ranges, and the shared one that clusters use too. */
export const PRIVATE_RANGES = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** A range of a policy, with its exceptions. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Whether a pod may have an address in the block. A range that cannot be read may hold any; pods have no IPv6 addresses here. */
export function mayHoldPods({ cidr, except = [] }: IpBlock, podCidrBlocks: readonly string[]): boolean {
  if (cidr.includes(":")) return false;
  const block = rangeOf(cidr);
  const excluded = except.flatMap((each) => rangeOf(each) ?? []);
  return podCidrBlocks.some((each) => {
    const pods = rangeOf(each);
    if (!block || !pods) return true;
    const first = block.first > pods.first ? block.first : pods.first;
    const last = block.last < pods.last ? block.last : pods.last;
    return first <= last && !excluded.some((out) => out.first <= first && last <= out.last);
  });
}

/** Whether every pod has an address in the block. */
export function holdsAllPods({ cidr, except = [] }: IpBlock, podCidrBlocks: readonly string[]): boolean {
  const block = rangeOf(cidr);
  if (!block || podCidrBlocks.length === 0) return false;
  return podCidrBlocks.every((each) => {
    const pods = rangeOf(each);
    if (!pods || block.first > pods.first || pods.last > block.last) return false;
    return except.every((other) => {
      const out = rangeOf(other);
      return out !== undefined && (out.last < pods.first || pods.last < out.first);
    });
  });
}

export function isRange(cidr: string): boolean {
  return rangeOf(cidr) !== undefined;
}

function rangeOf(cidr: string): Range | undefined {
  if (!Address4.isValid(cidr)) return undefined;
  const address = new Address4(cidr);
  return { first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
}
