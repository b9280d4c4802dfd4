import { Address4 } from "ip-address";

/** An IPv4 range. The AWS limits on its size are those of a VPC and of a subnet. */
export interface Cidr {
  /** As written: `10.0.0.0/16`. */
  readonly text: string;
  readonly prefix: number;
  /** First and last address, as numbers. */
  readonly first: bigint;
  readonly last: bigint;
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const LARGEST_PREFIX = 16;
/** @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const SMALLEST_PREFIX = 28;

/** Reads a range; undefined if the text is not one in its shortest form (`10.0.0.7/16` is not). */
export function parseCidr(text: string): Cidr | undefined {
  if (!/^[\d.]+\/\d{1,2}$/.test(text) || !Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  const first = address.startAddress().bigInt();
  if (first !== address.bigInt()) return undefined;
  return { text, prefix: address.subnetMask, first, last: address.endAddress().bigInt() };
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** How many addresses the range has. */
export function sizeOf({ first, last }: Cidr): bigint {
  return last - first + 1n;
}

/** The range of length `prefix` that begins `index` such ranges after the start of `block`. */
export function subrange(block: Cidr, prefix: number, index: number): Cidr {
  const size = 1n << BigInt(32 - prefix);
  const first = block.first + BigInt(index) * size;
  const text = `${Address4.fromBigInt(first).correctForm()}/${prefix}`;
  return { text, prefix, first, last: first + size - 1n };
}

/** What is wrong with a range that a VPC or a subnet shall have: the rule and the fix, or undefined if nothing is. */
export function cidrFault(text: string): { rule: string; fix?: string } | undefined {
  const cidr = parseCidr(text);
  if (!cidr) {
    const start = Address4.isValid(text) ? new Address4(text).startAddress().correctForm() : undefined;
    const fix =
      start && text.includes("/") ? `did you mean "${start}/${text.split("/")[1]}"?` : 'for example "10.0.0.0/16"';
    return { rule: "must be an IPv4 range", fix };
  }
  if (cidr.prefix >= LARGEST_PREFIX && cidr.prefix <= SMALLEST_PREFIX) return undefined;
  return { rule: `must have a prefix from /${LARGEST_PREFIX} to /${SMALLEST_PREFIX}` };
}
