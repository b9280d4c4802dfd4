import { Faults } from "../core/faults";
import type { SubnetTier } from "./subnet-layout";
import type { ISubnet } from "./vpc-interface";

/** The subnets of a tier in the zones asked for. One zone can have several, where a VPC has secondary ranges. */
export function selectSubnets(
  path: string,
  all: readonly ISubnet[],
  tier: SubnetTier,
  availabilityZones?: readonly string[],
): ISubnet[] {
  const ofTier = all.filter((subnet) => subnet.tier === tier);
  const zones = [...new Set(ofTier.map(({ availabilityZone }) => availabilityZone))];
  const faults = new Faults(path);
  const tiers = [...new Set(all.map((subnet) => subnet.tier))].join(", ");
  faults.check(ofTier.length > 0, "tier", "must be a tier that the VPC has", tier, `it has ${tiers}`);
  if (ofTier.length > 0) {
    for (const zone of availabilityZones ?? []) {
      const fix = `the VPC has ${tier} subnets in ${zones.join(", ")}`;
      faults.check(zones.includes(zone), "availabilityZones", `must have a ${tier} subnet in every zone`, zone, fix);
    }
  }
  faults.throwIfAny();
  return ofTier.filter(({ availabilityZone }) => !availabilityZones || availabilityZones.includes(availabilityZone));
}
