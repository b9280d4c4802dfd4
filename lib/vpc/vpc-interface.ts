import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { SubnetTier } from "./subnet-layout";

/** A subnet as others use it. */
export interface ISubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  readonly tier: SubnetTier;
  /**
   * The tier, or the name of the secondary range that the subnet lies in.
   *
   * @default - the tier
   */
  readonly group?: string;
  /**
   * What must outlive whatever stands in the subnet: without its route table it falls back to the VPC's main one, and is cut off.
   *
   * @default - nothing, for a subnet that was made elsewhere
   */
  readonly routing?: ITerraformDependable;
}

/** A VPC, made here or elsewhere. */
export interface IVpc extends IConstruct {
  readonly vpcId: string;
  /** The primary range and the secondary ones. */
  readonly cidrBlocks: readonly string[];
  /**
   * The subnets of a group (a tier, or a secondary range by its name), in all zones or in those named, in order of the zones. The
   * subnets of a secondary range are not among those of its tier: a new range changes nothing that stands in the others.
   *
   * @throws {ValidationError} if there are none, or none in one of the zones
   */
  subnets(group: string, availabilityZones?: readonly string[]): ISubnet[];
  /** What must be there for nodes to reach the internet, and must outlive them: NAT gateways, routes, endpoints. */
  readonly egress: readonly ITerraformDependable[];
}
