import type { Faults } from "../core/faults";
import { type Cidr, cidrFault, contains, overlaps, parseCidr, SMALLEST_PREFIX } from "./cidr";
import { DEFAULT_TIERS, planSubnets, type SubnetInput } from "./plan-subnets";
import {
  DEFAULT_RESERVED_ZONES,
  longestSecondaryPrefix,
  longestVpcPrefix,
  SUBNET_TIERS,
  zoneIndex,
} from "./subnet-layout";

/** Adds everything that is wrong with the ranges and zones of a VPC; `property` names one of them in the props or the record. */
export function checkSubnets(faults: Faults, input: SubnetInput, property: (name: string) => string): void {
  const before = faults.all.length;
  checkRange(faults, property("cidrBlock"), input.cidrBlock);
  faults.unique(property("tiers"), input.tiers ?? DEFAULT_TIERS);
  checkSecondaryRanges(faults, input, property);
  checkZones(faults, input, property);
  checkGivenRanges(faults, input, property);
  if (faults.all.length === before) checkFit(faults, input, property);
}

function checkRange(faults: Faults, property: string, text: string): void {
  const fault = cidrFault(text);
  if (fault) faults.add(property, fault.rule, text, fault.fix);
}

/** The name of a range becomes part of its subnets' addresses, beside those of the tiers. */
function checkSecondaryRanges(faults: Faults, input: SubnetInput, property: (name: string) => string): void {
  const longest = longestSecondaryPrefix(input.reservedZones ?? DEFAULT_RESERVED_ZONES);
  for (const [name, { cidrBlock, tier = "private-with-egress" }] of Object.entries(input.secondaryCidrBlocks ?? {})) {
    const own = property(`secondaryCidrBlocks.${name}`);
    faults
      .matches(
        property("secondaryCidrBlocks"),
        name,
        /^[a-z][a-z0-9-]*$/,
        "must have names of lower-case letters, digits and '-'",
      )
      .check(
        !(SUBNET_TIERS as readonly string[]).includes(name),
        property("secondaryCidrBlocks"),
        "must not have the name of a tier",
        name,
      )
      .check(
        tier !== "private-with-egress" || (input.tiers ?? DEFAULT_TIERS).includes(tier),
        `${own}.tier`,
        "must be one of the VPC's tiers to have a way out",
        tier,
        'use "private-isolated"',
      );
    checkRange(faults, own, cidrBlock);
    const range = parseCidr(cidrBlock);
    if (!range || range.prefix > SMALLEST_PREFIX) continue;
    faults.check(
      range.prefix <= longest,
      own,
      `must have a prefix of at most /${longest} for a subnet in each zone`,
      cidrBlock,
    );
  }
}

function checkZones(
  faults: Faults,
  { availabilityZones, ...input }: SubnetInput,
  property: (name: string) => string,
): void {
  const reserved = input.reservedZones ?? DEFAULT_RESERVED_ZONES;
  const name = property("availabilityZones");
  faults
    .check(availabilityZones.length > 0, name, "must list at least 1 zone", availabilityZones)
    .unique(name, availabilityZones);
  for (const zone of availabilityZones) {
    const index = zoneIndex(zone);
    const known = /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/.test(zone);
    faults.check(known, name, "must be zone names", zone, 'for example "eu-west-3a"');
    if (!known || index < reserved || !computesSubnets(input)) continue;
    const fix = reserved === 8 ? "give the subnets' ranges in 'subnetCidrBlocks'" : "set 'reservedZones' to 8";
    faults.add(name, `must have a letter among the first ${reserved} (room is kept for that many zones)`, zone, fix);
  }
}

function checkGivenRanges(faults: Faults, input: SubnetInput, property: (name: string) => string): void {
  const tiers = input.tiers ?? DEFAULT_TIERS;
  for (const [tier, ranges] of Object.entries(input.subnetCidrBlocks ?? {})) {
    const name = property(`subnetCidrBlocks.${tier}`);
    faults.check(
      (tiers as readonly string[]).includes(tier),
      name,
      "must be one of the VPC's tiers",
      tier,
      `it has ${tiers.join(", ")}`,
    );
    for (const zone of input.availabilityZones) {
      faults.check(zone in ranges, name, "must have a range for every zone", Object.keys(ranges), `add "${zone}"`);
    }
    for (const [zone, range] of Object.entries(ranges)) {
      checkRange(faults, `${name}.${zone}`, range);
      faults.check(input.availabilityZones.includes(zone), name, "must name zones of 'availabilityZones'", zone);
    }
  }
}

/** With every single range valid: do they fit into the VPC and stay clear of each other? */
function checkFit(faults: Faults, input: SubnetInput, property: (name: string) => string): void {
  const vpc = parseCidr(input.cidrBlock);
  if (!vpc) return;
  const longest = longestVpcPrefix(input.reservedZones ?? DEFAULT_RESERVED_ZONES);
  if (computesTiers(input) && vpc.prefix > longest) {
    const fix = "or give every tier's ranges in 'subnetCidrBlocks'";
    faults.add(
      property("cidrBlock"),
      `must have a prefix of at most /${longest} for computed subnets`,
      input.cidrBlock,
      fix,
    );
    return;
  }
  const blocks = [vpc, ...secondaryRanges(input)];
  checkApart(faults, property("secondaryCidrBlocks"), "must not overlap another range of the VPC", blocks);
  const subnets = planSubnets(input).flatMap(({ cidrBlock }) => parseCidr(cidrBlock) ?? []);
  for (const subnet of subnets) {
    const inside = blocks.some((block) => contains(block, subnet));
    faults.check(
      inside,
      property("subnetCidrBlocks"),
      `must lie inside ${blocks.map(({ text }) => text).join(", ")}`,
      subnet.text,
    );
  }
  checkApart(faults, property("subnetCidrBlocks"), "must not overlap another subnet", subnets);
}

function computesTiers({ tiers = DEFAULT_TIERS, subnetCidrBlocks }: Omit<SubnetInput, "availabilityZones">): boolean {
  return tiers.some((tier) => !subnetCidrBlocks?.[tier]);
}

function computesSubnets(input: Omit<SubnetInput, "availabilityZones">): boolean {
  return computesTiers(input) || Object.keys(input.secondaryCidrBlocks ?? {}).length > 0;
}

function secondaryRanges({ secondaryCidrBlocks }: SubnetInput): Cidr[] {
  return Object.values(secondaryCidrBlocks ?? {}).flatMap(({ cidrBlock }) => parseCidr(cidrBlock) ?? []);
}

function checkApart(faults: Faults, property: string, rule: string, ranges: readonly Cidr[]): void {
  for (const [index, range] of ranges.entries()) {
    const other = ranges.slice(0, index).find((earlier) => overlaps(earlier, range));
    if (other) faults.add(property, rule, range.text, `it overlaps ${other.text}`);
  }
}
