import type { VpcProps } from "../../../lib/vpc/vpc-props";
import type { Body, Synthesized } from "../../support/synth";
import { idsByName, vpcWith } from "../../support/vpc";

/** What Terraform would plan: existing resources whose address is gone or whose body changed, sorted. */
function touched(before: Partial<VpcProps>, after: Partial<VpcProps>): string[] {
  const [old, grown] = [bodies(vpcWith(before)), bodies(vpcWith(after))];
  return Object.keys(old).filter((address) => JSON.stringify(old[address]) !== JSON.stringify(grown[address]));
}

function bodies(stack: Synthesized): Record<string, Body> {
  const all = stack.addresses.map((address) => {
    const [type = "", id = ""] = address.split(".");
    return [address, stack.resources(type)[id] ?? {}] as const;
  });
  return Object.fromEntries(all);
}

const two = ["eu-west-3a", "eu-west-3b"];
const three = [...two, "eu-west-3c"];
const pods = { cidrBlock: "100.64.0.0/16" };
const databases = { cidrBlock: "10.1.0.0/16", tier: "private-isolated" } as const;

test("a subnet's address names its tier and its zone, and never changes", () => {
  expect(idsByName(vpcWith({ secondaryCidrBlocks: { pods } }), "aws_subnet")).toEqual({
    "test-public-eu-west-3a": "Vpc_public_eu-west-3a_BCF8C72F",
    "test-public-eu-west-3b": "Vpc_public_eu-west-3b_57252254",
    "test-private-with-egress-eu-west-3a": "Vpc_private-with-egress_eu-west-3a_DD931A0B",
    "test-private-with-egress-eu-west-3b": "Vpc_private-with-egress_eu-west-3b_B0B2AF4D",
    "test-control-plane-eu-west-3a": "Vpc_control-plane_eu-west-3a_CA1EB707",
    "test-control-plane-eu-west-3b": "Vpc_control-plane_eu-west-3b_E72FF210",
    "test-pods-eu-west-3a": "Vpc_pods_eu-west-3a_B8598CB2",
    "test-pods-eu-west-3b": "Vpc_pods_eu-west-3b_4EF0C14F",
  });
});

test("this file would notice: another range or another name is a change", () => {
  expect(touched({}, { cidrBlock: "10.1.0.0/16" })).toHaveLength(7);
  expect(touched({ availabilityZones: three }, {}).filter((address) => address.startsWith("aws_subnet"))).toEqual([
    "aws_subnet.Vpc_control-plane_eu-west-3c_2B4AB848",
    "aws_subnet.Vpc_private-with-egress_eu-west-3c_1FE4E358",
    "aws_subnet.Vpc_public_eu-west-3c_5B726ECA",
  ]);
});

test.each<[string, Partial<VpcProps>, Partial<VpcProps>]>([
  ["a zone at the end", {}, { availabilityZones: three }],
  ["a zone at the front", {}, { availabilityZones: ["eu-west-3c", ...two] }],
  ["a zone, with one NAT gateway", { natGateways: "single" }, { natGateways: "single", availabilityZones: three }],
  [
    "a zone, with interface endpoints",
    { interfaceEndpoints: ["sts"] },
    { interfaceEndpoints: ["sts"], availabilityZones: three },
  ],
  [
    "a zone, with a secondary range",
    { secondaryCidrBlocks: { pods } },
    { secondaryCidrBlocks: { pods }, availabilityZones: three },
  ],
  [
    "a tier",
    { tiers: ["public", "private-with-egress"] },
    { tiers: ["private-isolated", "public", "control-plane", "private-with-egress"] },
  ],
  [
    "the tiers that need NAT",
    { tiers: ["private-isolated"] },
    { tiers: ["private-isolated", "public", "private-with-egress"] },
  ],
  ["a secondary range", {}, { secondaryCidrBlocks: { pods } }],
  [
    "a further secondary range, put first",
    { secondaryCidrBlocks: { pods } },
    { secondaryCidrBlocks: { databases, pods } },
  ],
  ["a public secondary range", {}, { secondaryCidrBlocks: { web: { cidrBlock: "10.1.0.0/16", tier: "public" } } }],
  ["interface endpoints", {}, { interfaceEndpoints: ["sts"] }],
  ["another interface endpoint", { interfaceEndpoints: ["sts"] }, { interfaceEndpoints: ["ec2", "sts"] }],
])("adding %s touches nothing that exists", (_, before, after) => {
  expect(touched(before, after)).toEqual([]);
  expect(vpcWith(after).addresses.length).toBeGreaterThan(vpcWith(before).addresses.length);
});

test("the order of zones and tiers is nobody's business", () => {
  const turned = {
    availabilityZones: [...two].reverse(),
    tiers: ["control-plane", "private-with-egress", "public"] as const,
  };
  expect(touched({}, turned)).toEqual([]);
  expect(touched(turned, {})).toEqual([]);
});

test("from one NAT gateway to one in each zone: the first keeps its address, only routes of other zones turn", () => {
  expect(touched({ natGateways: "single" }, { natGateways: "per-zone" })).toEqual([
    "aws_route.Vpc_Routing_nat-eu-west-3b_6A92D0F7",
  ]);
  const [single, perZone] = [vpcWith({ natGateways: "single" }), vpcWith({ natGateways: "per-zone" })];
  expect(single.resources("aws_eip")).toEqual({
    "Vpc_Routing_NatGateway-eu-west-3a_Address_9D0807BA": expect.anything(),
  });
  expect(perZone.resources("aws_eip")).toMatchObject(single.resources("aws_eip"));
  expect(perZone.resources("aws_nat_gateway")).toMatchObject(single.resources("aws_nat_gateway"));
});

test("a private-isolated tier draws the interface endpoints into it, and touches nothing else", () => {
  const interfaceEndpoints = ["sts"];
  const tiers = ["public", "private-with-egress", "private-isolated"] as const;
  expect(
    touched({ interfaceEndpoints, tiers: ["public", "private-with-egress"] }, { interfaceEndpoints, tiers }),
  ).toEqual([
    "aws_vpc_endpoint_subnet_association.Vpc_Endpoints_sts_eu-west-3a_253DB7AF",
    "aws_vpc_endpoint_subnet_association.Vpc_Endpoints_sts_eu-west-3b_175E9CB4",
  ]);
});
