import * as fc from "fast-check";
import { contains, overlaps, sizeOf } from "../../../lib/vpc/cidr";
import {
  layoutSubnets,
  longestSecondaryPrefix,
  longestVpcPrefix,
  SUBNET_TIERS,
  zoneBlock,
  zoneIndex,
} from "../../../lib/vpc/subnet-layout";
import { cidr, cidrs, someOf, tierLists, vpcBlocks, zoneLists } from "../../support/networks";

const layouts = fc
  .record({ vpc: vpcBlocks, availabilityZones: zoneLists, tiers: tierLists })
  .map(({ vpc, ...rest }) => ({ ...rest, vpc, cidrBlock: vpc.text, reservedZones: 4 }));

test("a /16 is divided like this, and stays so: a deployed subnet cannot move", () => {
  const table = layoutSubnets({
    cidrBlock: "10.0.0.0/16",
    availabilityZones: ["eu-west-3a", "eu-west-3b"],
    tiers: SUBNET_TIERS,
    reservedZones: 4,
  });
  expect(table.map(({ tier, availabilityZone, cidrBlock }) => [tier, availabilityZone, cidrBlock])).toEqual([
    ["public", "eu-west-3a", "10.0.32.0/21"],
    ["public", "eu-west-3b", "10.0.96.0/21"],
    ["private-with-egress", "eu-west-3a", "10.0.0.0/19"],
    ["private-with-egress", "eu-west-3b", "10.0.64.0/19"],
    ["private-isolated", "eu-west-3a", "10.0.40.0/21"],
    ["private-isolated", "eu-west-3b", "10.0.104.0/21"],
    ["control-plane", "eu-west-3a", "10.0.48.0/28"],
    ["control-plane", "eu-west-3b", "10.0.112.0/28"],
  ]);
});

test("every subnet lies inside the VPC, between /16 and /28, clear of every other", () => {
  fc.assert(
    fc.property(layouts, ({ vpc, ...input }) => {
      const subnets = layoutSubnets(input).map(({ cidrBlock }) => cidr(cidrBlock));
      expect(subnets).toHaveLength(input.availabilityZones.length * input.tiers.length);
      for (const [index, subnet] of subnets.entries()) {
        expect(contains(vpc, subnet)).toBe(true);
        expect(subnet.prefix).toBeGreaterThanOrEqual(16);
        expect(subnet.prefix).toBeLessThanOrEqual(28);
        expect(subnets.slice(0, index).filter((earlier) => overlaps(earlier, subnet))).toEqual([]);
      }
    }),
  );
});

test("with room for 8 zones the same holds for letters a to h", () => {
  const zones = [..."abcdefgh"].map((letter) => `eu-west-3${letter}`);
  fc.assert(
    fc.property(cidrs(16, 22), someOf(zones), tierLists, (vpc, availabilityZones, tiers) => {
      const plan = layoutSubnets({ cidrBlock: vpc.text, availabilityZones, tiers, reservedZones: 8 });
      const subnets = plan.map(({ cidrBlock }) => cidr(cidrBlock));
      for (const [index, subnet] of subnets.entries()) {
        expect(contains(vpc, subnet)).toBe(true);
        expect(subnet.prefix).toBeLessThanOrEqual(28);
        expect(subnets.slice(0, index).filter((earlier) => overlaps(earlier, subnet))).toEqual([]);
      }
    }),
  );
});

test("nodes get half of what a zone has, and the control plane 16 addresses that pods cannot take", () => {
  fc.assert(
    fc.property(vpcBlocks, (vpc) => {
      const [nodes, controlPlane] = layoutSubnets({
        cidrBlock: vpc.text,
        availabilityZones: ["eu-west-3a"],
        tiers: ["private-with-egress", "control-plane"],
        reservedZones: 4,
      }).map(({ cidrBlock }) => cidr(cidrBlock));
      expect(nodes && sizeOf(nodes)).toBe(sizeOf(vpc) / 8n);
      expect(controlPlane && sizeOf(controlPlane)).toBe(16n);
    }),
  );
});

test("the longest prefixes are the ones whose smallest subnet is still a /28", () => {
  expect([longestVpcPrefix(4), longestVpcPrefix(8)]).toEqual([23, 22]);
  expect([longestSecondaryPrefix(4), longestSecondaryPrefix(8)]).toEqual([26, 25]);
});

test("a zone's part depends on its letter alone", () => {
  const block = cidr("100.64.0.0/16");
  expect(["eu-west-3a", "us-gov-west-1d"].map(zoneIndex)).toEqual([0, 3]);
  expect(zoneBlock(block, "eu-west-3c", 4).text).toBe("100.64.128.0/18");
  expect(zoneBlock(block, "us-east-1c", 4).text).toBe("100.64.128.0/18");
});
