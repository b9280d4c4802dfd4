import * as fc from "fast-check";
import { contains, overlaps, subrange } from "../../../lib/vpc/cidr";
import { planSubnets, type SubnetInput } from "../../../lib/vpc/plan-subnets";
import { SUBNET_TIERS, type SubnetTier } from "../../../lib/vpc/subnet-layout";
import { cidr, tierLists, vpcBlocks, zoneLists } from "../../support/networks";

const zones = ["eu-west-3a", "eu-west-3b", "eu-west-3c", "eu-west-3d"];
const pods = { pods: { cidrBlock: "100.64.0.0/16" } };

/** Any VPC with computed subnets, with or without a range for pods (100.64.0.0/10 is never drawn for the VPC itself). */
const inputs: fc.Arbitrary<SubnetInput> = fc.record({
  cidrBlock: vpcBlocks.filter((range) => !overlaps(range, cidr("100.64.0.0/10"))).map(({ text }) => text),
  availabilityZones: zoneLists,
  tiers: tierLists,
  secondaryCidrBlocks: fc.constantFrom(undefined, pods),
});

/** `group in zone` and the range, for each subnet. */
function table(input: SubnetInput): Record<string, string> {
  const plans = planSubnets(input);
  const rows = plans.map(({ group, availabilityZone, cidrBlock }) => [`${group} in ${availabilityZone}`, cidrBlock]);
  expect(new Set(rows.map(([name]) => name)).size).toBe(plans.length);
  return Object.fromEntries(rows);
}

function grows(change: (input: SubnetInput) => SubnetInput): void {
  fc.assert(
    fc.property(inputs, (input) => {
      expect(table(change(input))).toMatchObject(table(input));
    }),
  );
}

test("all subnets lie inside a range of the VPC, between /16 and /28, clear of each other", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const blocks = [input.cidrBlock, ...(input.secondaryCidrBlocks ? ["100.64.0.0/16"] : [])].map(cidr);
      const subnets = planSubnets(input).map(({ cidrBlock }) => cidr(cidrBlock));
      for (const [index, subnet] of subnets.entries()) {
        expect(blocks.filter((block) => contains(block, subnet))).toHaveLength(1);
        expect(subnet.prefix).toBeGreaterThanOrEqual(16);
        expect(subnet.prefix).toBeLessThanOrEqual(28);
        expect(subnets.slice(0, index).filter((earlier) => overlaps(earlier, subnet))).toEqual([]);
      }
    }),
  );
});

test("a zone that is added moves no subnet", () => {
  grows((input) => ({ ...input, availabilityZones: [...new Set([...input.availabilityZones, ...zones])] }));
});

test("a zone that is put first moves no subnet", () => {
  grows((input) => ({ ...input, availabilityZones: [...new Set([...zones, ...input.availabilityZones])] }));
});

test("a tier that is added moves no subnet", () => {
  grows((input) => ({ ...input, tiers: [...new Set([...SUBNET_TIERS, ...(input.tiers ?? [])])] }));
});

test("a secondary range that is added moves no subnet", () => {
  const more = { databases: { cidrBlock: "100.65.0.0/16", tier: "private-isolated" as const } };
  grows((input) => ({ ...input, secondaryCidrBlocks: { ...more, ...input.secondaryCidrBlocks } }));
});

test("the order of zones and of tiers means nothing", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const reversed = [...input.availabilityZones].reverse();
      const turned = { ...input, availabilityZones: reversed, tiers: [...(input.tiers ?? [])].reverse() };
      expect(table(turned)).toEqual(table(input));
    }),
  );
});

test("the same growth as one property: a larger network contains the table of a smaller one", () => {
  fc.assert(
    fc.property(inputs, zoneLists, tierLists, (input, moreZones, moreTiers) => {
      const larger = {
        ...input,
        availabilityZones: [...new Set([...moreZones, ...input.availabilityZones])],
        tiers: [...new Set<SubnetTier>([...moreTiers, ...(input.tiers ?? [])])],
        secondaryCidrBlocks: pods,
      };
      expect(table(larger)).toMatchObject(table(input));
    }),
  );
});

test("without tiers there are public ones, private ones and the control plane's", () => {
  expect(table({ cidrBlock: "10.0.0.0/16", availabilityZones: ["eu-west-3a"] })).toEqual({
    "public in eu-west-3a": "10.0.32.0/21",
    "private-with-egress in eu-west-3a": "10.0.0.0/19",
    "control-plane in eu-west-3a": "10.0.48.0/28",
  });
});

test("ranges that are given are taken, the other tiers are computed as ever", () => {
  const given = { public: { "eu-west-3a": "10.0.40.0/24", "eu-west-3b": "10.0.41.0/24" } };
  const input: SubnetInput = { cidrBlock: "10.0.0.0/16", availabilityZones: ["eu-west-3a", "eu-west-3b"] };
  expect(table({ ...input, subnetCidrBlocks: given })).toEqual({
    ...table(input),
    "public in eu-west-3a": "10.0.40.0/24",
    "public in eu-west-3b": "10.0.41.0/24",
  });
});

test("a secondary range has one subnet in each zone, of the tier it asks for", () => {
  const plans = planSubnets({
    cidrBlock: "10.0.0.0/16",
    availabilityZones: ["eu-west-3b", "eu-west-3a"],
    tiers: ["private-with-egress"],
    secondaryCidrBlocks: { ...pods, databases: { cidrBlock: "10.1.0.0/24", tier: "private-isolated" } },
  }).filter(({ group }) => group !== "private-with-egress");
  expect(plans).toEqual([
    { group: "pods", tier: "private-with-egress", availabilityZone: "eu-west-3b", cidrBlock: "100.64.64.0/18" },
    { group: "pods", tier: "private-with-egress", availabilityZone: "eu-west-3a", cidrBlock: "100.64.0.0/18" },
    { group: "databases", tier: "private-isolated", availabilityZone: "eu-west-3b", cidrBlock: "10.1.0.64/26" },
    { group: "databases", tier: "private-isolated", availabilityZone: "eu-west-3a", cidrBlock: "10.1.0.0/26" },
  ]);
});

test("the layout covers each part of a zone at most once, whatever the VPC's place", () => {
  const at = (index: number) => subrange(cidr("10.0.0.0/8"), 16, index).text;
  const shape = (index: number) =>
    Object.values(table({ cidrBlock: at(index), availabilityZones: zones, tiers: SUBNET_TIERS })).map((text) =>
      text.replace(/^10\.\d+\./, "10.x."),
    );
  expect(shape(0)).toEqual(shape(200));
});
