import type { Faults } from "../core/faults";
import { checkSubnets } from "./check-subnets";
import { DEFAULT_TIERS, type SubnetInput } from "./plan-subnets";
import type { SubnetTier } from "./subnet-layout";
import { GATEWAY_SERVICES } from "./vpc-endpoints";
import type { NatGateways, VpcProps } from "./vpc-props";

type Property = (name: string) => string;

export type NetworkInput = SubnetInput & Pick<VpcProps, "natGateways" | "interfaceEndpoints">;

/** What `natGateways` is when it is not said: one in each zone, if there is anything that needs one. */
export function natGatewaysOf({
  natGateways,
  tiers = DEFAULT_TIERS,
}: Pick<VpcProps, "natGateways" | "tiers">): NatGateways {
  return natGateways ?? (tiers.includes("private-with-egress") ? "per-zone" : "none");
}

/** Adds everything that is wrong with a network; `property` names one of its properties in the props or in the record. */
export function checkNetwork(faults: Faults, input: NetworkInput, region: string, property: Property): void {
  const tiers = input.tiers ?? DEFAULT_TIERS;
  checkSubnets(faults, input, property);
  checkEgress(faults, tiers, natGatewaysOf(input), property);
  for (const zone of input.availabilityZones) {
    faults.check(zone.startsWith(region), property("availabilityZones"), `must be zones of the region ${region}`, zone);
  }
  checkEndpoints(faults, input.interfaceEndpoints ?? [], tiers, property);
}

function checkEndpoints(
  faults: Faults,
  services: readonly string[],
  tiers: readonly SubnetTier[],
  property: Property,
): void {
  faults.unique(property("interfaceEndpoints"), services);
  for (const service of services.filter((each) => GATEWAY_SERVICES.includes(each))) {
    faults.add(
      property("interfaceEndpoints"),
      "must not name a service that has a gateway endpoint",
      service,
      "remove it",
    );
  }
  faults.check(
    services.length === 0 || tiers.some((tier) => tier.startsWith("private-")),
    property("tiers"),
    "must contain a private tier for interface endpoints",
    tiers,
  );
}

/** A NAT gateway stands in a public subnet and serves private ones. */
function checkEgress(faults: Faults, tiers: readonly SubnetTier[], natGateways: NatGateways, property: Property): void {
  const serves = tiers.includes("private-with-egress");
  faults.check(
    serves || natGateways === "none",
    property("natGateways"),
    'must be "none" without a private-with-egress tier',
    natGateways,
  );
  faults.check(
    natGateways === "none" || tiers.includes("public"),
    property("tiers"),
    'must contain "public" for NAT gateways',
    tiers,
    "or set 'natGateways' to \"none\"",
  );
  faults.check(
    !serves || natGateways !== "none",
    property("tiers"),
    'must not contain "private-with-egress" without NAT gateways',
    tiers,
    'use "private-isolated"',
  );
}
