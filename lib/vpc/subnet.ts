import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet as AwsSubnet } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SubnetPlan } from "./plan-subnets";
import type { SubnetTier } from "./subnet-layout";
import type { ISubnet } from "./vpc-interface";

export interface SubnetProps {
  readonly plan: SubnetPlan;
  readonly vpcId: string;
  readonly vpcName: string;
  readonly routeTableId: string;
  readonly clusterNames: readonly string[];
  /** What must exist first: the association of a secondary range. */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * One subnet in one zone, never with public addresses by default, with the tags by which EKS finds it.
 *
 * Creates `aws_subnet` and `aws_route_table_association`.
 */
export class Subnet extends Construct implements ISubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  readonly tier: SubnetTier;
  readonly group: string;
  readonly routing: ITerraformDependable;
  readonly resource: AwsSubnet;

  constructor(scope: Construct, id: string, { plan, vpcId, routeTableId, ...props }: SubnetProps) {
    super(scope, id);
    this.availabilityZone = plan.availabilityZone;
    this.cidrBlock = plan.cidrBlock;
    this.tier = plan.tier;
    this.group = plan.group;
    this.resource = new AwsSubnet(this, "Resource", {
      vpcId,
      availabilityZone: plan.availabilityZone,
      cidrBlock: plan.cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: {
        Name: `${props.vpcName}-${plan.group}-${plan.availabilityZone}`,
        ...subnetTags(plan, props.clusterNames),
      },
      dependsOn: props.dependsOn,
    });
    this.subnetId = this.resource.id;
    this.routing = new RouteTableAssociation(this, "RouteTableAssociation", { subnetId: this.subnetId, routeTableId });
  }
}

/**
 * Load balancers find their subnets by role, Karpenter its own by discovery.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
function subnetTags({ tier }: SubnetPlan, clusterNames: readonly string[]): Record<string, string> {
  if (clusterNames.length === 0 || tier === "control-plane") return {};
  const shared = Object.fromEntries(clusterNames.map((name) => [`kubernetes.io/cluster/${name}`, "shared"]));
  if (tier === "public") return { ...shared, "kubernetes.io/role/elb": "1" };
  const [only] = clusterNames.length === 1 ? clusterNames : [];
  return {
    ...shared,
    "kubernetes.io/role/internal-elb": "1",
    ...(only !== undefined && { "karpenter.sh/discovery": only }),
  };
}
