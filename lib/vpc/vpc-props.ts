import type { AwsAccount } from "../core/account";
import type { Removal } from "../core/removal";
import type { LogOptions } from "../logs/log-group";
import type { SubnetTier } from "./subnet-layout";

/** Where traffic to the internet leaves: nowhere, through one NAT gateway, or through one in each zone. */
export type NatGateways = "none" | "single" | "per-zone";

/** Ranges of subnets that are given instead of computed, by tier and zone name. */
export type SubnetCidrBlocks = Readonly<Partial<Record<SubnetTier, Readonly<Record<string, string>>>>>;

/** A further range of the VPC, with one subnet in each zone. */
export interface SecondaryCidrBlock {
  readonly cidrBlock: string;
  /** @default "private-with-egress" */
  readonly tier?: SubnetTier;
}

/** A VPC: its ranges, zones, tiers and ways out. */
export interface VpcProps {
  readonly account: AwsAccount;
  /** Names the VPC and what belongs to it. 1-128 letters, digits and `_.-`. Changing it replaces flow logs with their group and role, and the security group of interface endpoints. */
  readonly vpcName: string;
  /** Primary range, /16 to /28 (/16 to /23 if subnets are computed with room for 4 zones). Changing it replaces the VPC. */
  readonly cidrBlock: string;
  /** Zones by name, at least one; append new ones. Adding one only adds resources. */
  readonly availabilityZones: readonly string[];
  /**
   * Tiers to make. Adding one only adds resources; `private-isolated` also draws the interface endpoints into it.
   *
   * @default ["public", "private-with-egress", "control-plane"]
   */
  readonly tiers?: readonly SubnetTier[];
  /**
   * Ranges for the subnets of a tier, by zone. A tier that is named here needs a range for every zone.
   *
   * @default - computed from `cidrBlock`, the zone's letter and the tier
   */
  readonly subnetCidrBlocks?: SubnetCidrBlocks;
  /**
   * Number of zones that computed ranges keep room for: 4 (letters a to d) or 8 (a to h). Changing it replaces computed subnets.
   *
   * @default 4
   */
  readonly reservedZones?: 4 | 8;
  /**
   * Further ranges by name (lower-case letters, digits and `-`), for example `{ pods: { cidrBlock: "100.64.0.0/16" } }`. Adding one
   * only adds resources.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly secondaryCidrBlocks?: Readonly<Record<string, SecondaryCidrBlock>>;
  /**
   * `single` stands in the first zone of the list. Changing from `single` to `per-zone` keeps that gateway and its address.
   *
   * @default - `per-zone` if there is a private-with-egress tier, else `none`
   */
  readonly natGateways?: NatGateways;
  /**
   * Services that are reached through interface endpoints, for example `PRIVATE_CLUSTER_ENDPOINTS`.
   *
   * @default - none: nodes reach AWS through NAT
   */
  readonly interfaceEndpoints?: readonly string[];
  /** Flow logs of all traffic. `off` has to be said. */
  readonly flowLogs: LogOptions | "off";
  /**
   * Names of the EKS clusters that use the VPC: subnets get the tags by which load balancers and Karpenter find them.
   *
   * @default - none
   */
  readonly clusterNames?: readonly string[];
  /** @default "retain" */
  readonly removal?: Removal;
}
