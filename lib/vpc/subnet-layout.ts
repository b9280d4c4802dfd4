import { type Cidr, parseCidr, SMALLEST_PREFIX, subrange } from "./cidr";

/**
 * What a subnet is for.
 *
 * - `public`: load balancers and NAT gateways; a route to the internet.
 * - `private-with-egress`: nodes; a route out through NAT.
 * - `private-isolated`: nodes or databases without any way out but VPC endpoints.
 * - `control-plane`: the network interfaces of the EKS control plane, apart so that pods can never starve them.
 */
export type SubnetTier = "public" | "private-with-egress" | "private-isolated" | "control-plane";

/** All tiers. */
export const SUBNET_TIERS: readonly SubnetTier[] = [
  "public",
  "private-with-egress",
  "private-isolated",
  "control-plane",
];

export interface PlannedSubnet {
  readonly tier: SubnetTier;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
}

/** Room is kept for this many zones, by the zone's letter, unless more is asked for. */
export const DEFAULT_RESERVED_ZONES = 4;

/**
 * Where each tier lies inside its zone's part of the VPC: `extra` bits longer than that part, `index` such ranges in.
 * The last quarter holds the control plane's subnet and stays free otherwise. Places never move: a tier that is added
 * later takes its own place and touches no other.
 */
const PLACES: Readonly<Record<Exclude<SubnetTier, "control-plane">, { extra: number; index: number }>> = {
  "private-with-egress": { extra: 1, index: 0 },
  public: { extra: 3, index: 4 },
  "private-isolated": { extra: 3, index: 5 },
};
const LONGEST_EXTRA = Math.max(...Object.values(PLACES).map(({ extra }) => extra));
const CONTROL_PLANE = { extra: 2, index: 3 };

/** The slot of a zone: a is 0, b is 1. It depends on the name alone, so neither order nor a new zone moves a subnet. */
export function zoneIndex(availabilityZone: string): number {
  return availabilityZone.charCodeAt(availabilityZone.length - 1) - "a".charCodeAt(0);
}

/** The longest prefix that a VPC can have so that every computed subnet stays within the limit of AWS. */
export function longestVpcPrefix(reservedZones: number): number {
  return SMALLEST_PREFIX - LONGEST_EXTRA - Math.log2(reservedZones);
}

/** The longest prefix of a range that is divided among the zones and nothing else. */
export function longestSecondaryPrefix(reservedZones: number): number {
  return SMALLEST_PREFIX - Math.log2(reservedZones);
}

/** The part of a range that belongs to a zone. */
export function zoneBlock(block: Cidr, availabilityZone: string, reservedZones: number): Cidr {
  return subrange(block, block.prefix + Math.log2(reservedZones), zoneIndex(availabilityZone));
}

export interface LayoutInput {
  /** The VPC's range, valid. */
  readonly cidrBlock: string;
  readonly availabilityZones: readonly string[];
  readonly tiers: readonly SubnetTier[];
  /** 4 or 8. */
  readonly reservedZones: number;
}

/** Computes a subnet for each tier and zone. Pure: the same zone, tier and VPC range always give the same subnet. */
export function layoutSubnets({ cidrBlock, availabilityZones, tiers, reservedZones }: LayoutInput): PlannedSubnet[] {
  const vpc = parseCidr(cidrBlock);
  if (!vpc) return [];
  return tiers.flatMap((tier) =>
    availabilityZones.map((availabilityZone) => {
      const zone = zoneBlock(vpc, availabilityZone, reservedZones);
      return { tier, availabilityZone, cidrBlock: place(zone, tier).text };
    }),
  );
}

function place(zone: Cidr, tier: SubnetTier): Cidr {
  if (tier === "control-plane") {
    const quarter = subrange(zone, zone.prefix + CONTROL_PLANE.extra, CONTROL_PLANE.index);
    return subrange(quarter, SMALLEST_PREFIX, 0);
  }
  const { extra, index } = PLACES[tier];
  return subrange(zone, zone.prefix + extra, index);
}
