import { Token } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { contains, parseCidr } from "./cidr";
import { selectSubnets } from "./select-subnets";
import { SUBNET_TIERS } from "./subnet-layout";
import type { ISubnet, IVpc } from "./vpc-interface";

/** A VPC that was made elsewhere. */
export interface VpcAttributes {
  readonly vpcId: string;
  /** Its ranges: at least one. */
  readonly cidrBlocks: readonly string[];
  /** The subnets that constructs here may use. */
  readonly subnets: readonly ISubnet[];
}

/**
 * @throws {ValidationError} if there is no range, a subnet stands there twice or outside of the ranges, or a tier is unknown
 * @see Vpc.fromVpcAttributes
 */
export class ImportedVpc extends Construct implements IVpc {
  readonly vpcId: string;
  readonly cidrBlocks: readonly string[];
  readonly egress = [];
  private readonly all: readonly ISubnet[];

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    const faults = new Faults(this.node.path)
      .check(attributes.cidrBlocks.length > 0, "cidrBlocks", "must name at least one range", attributes.cidrBlocks)
      .unique(
        "subnets",
        attributes.subnets.map(({ subnetId }) => subnetId),
      );
    checkRanges(faults, attributes);
    faults.throwIfAny();
    this.vpcId = attributes.vpcId;
    this.cidrBlocks = [...attributes.cidrBlocks];
    this.all = attributes.subnets.map((subnet) => ({ ...subnet }));
  }

  subnets(group: string, availabilityZones?: readonly string[]): ISubnet[] {
    return selectSubnets(this.node.path, this.all, group, availabilityZones);
  }
}

/** What comes out of a file has been seen by no compiler. */
function checkRanges(faults: Faults, { cidrBlocks, subnets }: VpcAttributes): void {
  const known = !Token.isUnresolved(cidrBlocks) && !cidrBlocks.some((each) => Token.isUnresolved(each));
  const ranges = known ? cidrBlocks.flatMap((each) => parseCidr(each) ?? []) : [];
  if (known && ranges.length < cidrBlocks.length) faults.add("cidrBlocks", "must be IPv4 ranges", cidrBlocks);
  for (const { subnetId, tier, cidrBlock } of subnets) {
    faults.oneOf(`subnets.${subnetId}.tier`, tier, SUBNET_TIERS);
    if (ranges.length === 0 || Token.isUnresolved(cidrBlock)) continue;
    const range = parseCidr(cidrBlock);
    const inside = range !== undefined && ranges.some((block) => contains(block, range));
    faults.check(inside, `subnets.${subnetId}.cidrBlock`, `must lie inside ${cidrBlocks.join(", ")}`, cidrBlock);
  }
}
