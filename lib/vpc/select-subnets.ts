import { Faults } from "../core/faults";
import type { ISubnet } from "./vpc-interface";

/** The subnets of a group, in the zones asked for. */
export function selectSubnets(
  path: string,
  all: readonly ISubnet[],
  group: string,
  availabilityZones?: readonly string[],
): ISubnet[] {
  const ofGroup = all.filter((subnet) => groupOf(subnet) === group);
  const zones = [...new Set(ofGroup.map(({ availabilityZone }) => availabilityZone))];
  const faults = new Faults(path);
  const groups = [...new Set(all.map(groupOf))].join(", ");
  faults.check(
    ofGroup.length > 0,
    "subnetGroup",
    "must be a tier or a secondary range of the VPC",
    group,
    `it has ${groups}`,
  );
  if (ofGroup.length > 0) {
    for (const zone of availabilityZones ?? []) {
      const fix = `the VPC has ${group} subnets in ${zones.join(", ")}`;
      faults.check(zones.includes(zone), "availabilityZones", `must have a ${group} subnet in every zone`, zone, fix);
    }
  }
  faults.throwIfAny();
  return ofGroup.filter(({ availabilityZone }) => !availabilityZones || availabilityZones.includes(availabilityZone));
}

function groupOf({ group, tier }: ISubnet): string {
  return group ?? tier;
}
