import * as fc from "fast-check";
import { type Cidr, parseCidr, subrange } from "../../lib/vpc/cidr";
import { SUBNET_TIERS } from "../../lib/vpc/subnet-layout";

/** A range that is known to be one. */
export function cidr(text: string): Cidr {
  const range = parseCidr(text);
  if (!range) throw new Error(`not a range: ${text}`);
  return range;
}

/** Any range with a prefix from `min` to `max`. */
export function cidrs(min: number, max: number): fc.Arbitrary<Cidr> {
  const everything = cidr("0.0.0.0/0");
  return fc
    .integer({ min, max })
    .chain((prefix) =>
      fc.integer({ min: 0, max: 2 ** prefix - 1 }).map((index) => subrange(everything, prefix, index)),
    );
}

/** One or more of `items`, in any order, none of them twice. */
export function someOf<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: 1 });
}

/** Any range that a VPC with computed subnets can have. */
export const vpcBlocks = cidrs(16, 23);
export const zoneLists = someOf(["a", "b", "c", "d"].map((letter) => `eu-west-3${letter}`));
export const tierLists = someOf(SUBNET_TIERS);
