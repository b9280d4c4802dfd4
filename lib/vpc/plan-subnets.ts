import { parseCidr } from "./cidr";
import { DEFAULT_RESERVED_ZONES, layoutSubnets, type PlannedSubnet, type SubnetTier, zoneBlock } from "./subnet-layout";
import type { VpcProps } from "./vpc-props";

/** A subnet that will be made: `group` is its tier, or the name of the secondary range it lies in. */
export interface SubnetPlan extends PlannedSubnet {
  readonly group: string;
}

export type SubnetInput = Pick<
  VpcProps,
  "cidrBlock" | "availabilityZones" | "tiers" | "subnetCidrBlocks" | "reservedZones" | "secondaryCidrBlocks"
>;

export const DEFAULT_TIERS: readonly SubnetTier[] = ["public", "private-with-egress", "control-plane"];

/** All subnets of a VPC: given ones, computed ones, and those of secondary ranges. Pure. The input must be free of faults. */
export function planSubnets(input: SubnetInput): SubnetPlan[] {
  const { cidrBlock, availabilityZones, tiers = DEFAULT_TIERS, subnetCidrBlocks = {} } = input;
  const reservedZones = input.reservedZones ?? DEFAULT_RESERVED_ZONES;
  const computed = layoutSubnets({
    cidrBlock,
    availabilityZones,
    reservedZones,
    tiers: tiers.filter((tier) => !subnetCidrBlocks[tier]),
  });
  const given = tiers.flatMap((tier) =>
    availabilityZones.flatMap((availabilityZone) => {
      const range = subnetCidrBlocks[tier]?.[availabilityZone];
      return range ? [{ tier, availabilityZone, cidrBlock: range }] : [];
    }),
  );
  const secondary = Object.entries(input.secondaryCidrBlocks ?? {}).flatMap(([group, block]) => {
    const range = parseCidr(block.cidrBlock);
    if (!range) return [];
    return availabilityZones.map((availabilityZone) => ({
      group,
      tier: block.tier ?? ("private-with-egress" as const),
      availabilityZone,
      cidrBlock: zoneBlock(range, availabilityZone, reservedZones).text,
    }));
  });
  return [...[...given, ...computed].map((subnet) => ({ ...subnet, group: subnet.tier })), ...secondary];
}
