import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { selectSubnets } from "./select-subnets";
import type { ISubnet, IVpc } from "./vpc-interface";

/** A VPC that was made elsewhere. */
export interface VpcAttributes {
  readonly vpcId: string;
  /** Its ranges: at least one. */
  readonly cidrBlocks: readonly string[];
  /** The subnets that constructs here may use. */
  readonly subnets: readonly ISubnet[];
}

/** @see Vpc.fromVpcAttributes */
export class ImportedVpc extends Construct implements IVpc {
  readonly vpcId: string;
  readonly cidrBlocks: readonly string[];
  readonly egress = [];
  private readonly all: readonly ISubnet[];

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    new Faults(this.node.path)
      .check(attributes.cidrBlocks.length > 0, "cidrBlocks", "must name at least one range", attributes.cidrBlocks)
      .unique(
        "subnets",
        attributes.subnets.map(({ subnetId }) => subnetId),
      )
      .throwIfAny();
    this.vpcId = attributes.vpcId;
    this.cidrBlocks = [...attributes.cidrBlocks];
    this.all = attributes.subnets.map((subnet) => ({ ...subnet }));
  }

  subnets(group: string, availabilityZones?: readonly string[]): ISubnet[] {
    return selectSubnets(this.node.path, this.all, group, availabilityZones);
  }
}
