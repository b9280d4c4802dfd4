import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkAccount } from "../core/account";
import { Faults } from "../core/faults";
import { guarded } from "../core/removal";
import { checkNetwork, natGatewaysOf } from "./check-network";
import { contains, parseCidr } from "./cidr";
import { FlowLogs } from "./flow-logs";
import { ImportedVpc, type VpcAttributes } from "./imported-vpc";
import { planSubnets } from "./plan-subnets";
import { Routing } from "./routing";
import { selectSubnets } from "./select-subnets";
import { Subnet } from "./subnet";
import type { SubnetTier } from "./subnet-layout";
import { VpcEndpoints } from "./vpc-endpoints";
import type { ISubnet, IVpc } from "./vpc-interface";
import type { NatGateways, VpcProps } from "./vpc-props";

/**
 * A VPC that can grow: every subnet is addressed by its tier and the name of its zone, so that a new zone, tier or secondary range
 * leaves what exists alone.
 *
 * Creates `aws_vpc`, a closed `aws_default_security_group`, subnets with route tables, NAT gateways, gateway endpoints for S3 and
 * DynamoDB, interface endpoints and flow logs. A NAT gateway and its address cost money by the hour, an interface endpoint by the hour
 * and zone.
 *
 * @throws {ValidationError} if a range is malformed, too large, too small, outside the VPC or overlaps another; if a zone is unknown
 * @example
 * const vpc = new Vpc(this, "Vpc", {
 *   account,
 *   vpcName: "staging",
 *   cidrBlock: "10.0.0.0/16",
 *   availabilityZones: ["eu-west-3a", "eu-west-3b"],
 *   flowLogs: { encryptionKey: logsKey },
 * });
 */
export class Vpc extends Construct implements IVpc {
  /** A VPC that was made elsewhere, by its ids. */
  static fromVpcAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    return new ImportedVpc(scope, id, attributes);
  }

  readonly vpcId: string;
  readonly cidrBlocks: readonly string[];
  readonly availabilityZones: readonly string[];
  readonly natGateways: NatGateways;
  readonly egress: readonly ITerraformDependable[];
  /** Ids of the route tables by name: a tier, or `private-with-egress-<zone>`. Whoever joins another network adds routes to them. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  readonly resource: AwsVpc;
  private readonly all: ISubnet[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    this.availabilityZones = [...props.availabilityZones];
    this.natGateways = natGatewaysOf(props);
    this.validate(props);

    this.cidrBlocks = [
      props.cidrBlock,
      ...Object.values(props.secondaryCidrBlocks ?? {}).map(({ cidrBlock }) => cidrBlock),
    ];
    this.resource = new AwsVpc(this, "Resource", {
      cidrBlock: props.cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: props.vpcName },
      lifecycle: guarded(props.removal ?? "retain"),
    });
    this.vpcId = this.resource.id;
    // Without ingress and egress blocks Terraform removes every rule of it.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: this.vpcId,
      tags: { Name: `${props.vpcName}-default-closed` },
    });
    const routing = new Routing(this, "Routing", { vpcId: this.vpcId, vpcName: props.vpcName });
    this.all = this.makeSubnets(props, routing);
    routing.addNatGateways(this.natGateways, this.ofTier("public"), this.availabilityZones);
    const endpoints = this.makeEndpoints(props, routing);
    this.routeTableIds = Object.fromEntries([...routing.all].map(([name, table]) => [name, table.id]));
    this.egress = [...routing.egress, ...endpoints.all];
    if (props.flowLogs !== "off") {
      const { account, vpcName, flowLogs, removal = "retain" } = props;
      new FlowLogs(this, "FlowLogs", { ...flowLogs, account, vpcId: this.vpcId, vpcName, removal });
    }
  }

  subnets(group: string, availabilityZones?: readonly string[]): ISubnet[] {
    return selectSubnets(this.node.path, this.all, group, availabilityZones);
  }

  private ofTier(tier: SubnetTier): ISubnet[] {
    return this.all.filter((subnet) => subnet.tier === tier);
  }

  private makeSubnets(props: VpcProps, routing: Routing): ISubnet[] {
    const plans = planSubnets(props);
    const groups = new Map(
      [...new Set(plans.map(({ group }) => group))].map((group) => [group, new Construct(this, group)]),
    );
    const associations = Object.entries(props.secondaryCidrBlocks ?? {}).map(([group, { cidrBlock }]) => {
      const scope = groups.get(group) ?? this;
      const resource = new VpcIpv4CidrBlockAssociation(scope, "CidrBlock", { vpcId: this.vpcId, cidrBlock });
      return { cidrBlock, resource };
    });
    return plans.map((plan) => {
      // A range can only be used once the VPC has it.
      const inside = associations.filter(({ cidrBlock }) => within(cidrBlock, plan.cidrBlock));
      return new Subnet(groups.get(plan.group) ?? this, plan.availabilityZone, {
        plan,
        vpcId: this.vpcId,
        vpcName: props.vpcName,
        routeTableId: routing.tableFor(plan.tier, plan.availabilityZone).id,
        clusterNames: props.clusterNames ?? [],
        dependsOn: inside.length > 0 ? inside.map(({ resource }) => resource) : undefined,
      });
    });
  }

  private makeEndpoints(props: VpcProps, routing: Routing): VpcEndpoints {
    const tables = [...routing.nodeTables].map(([name, table]) => [name, table.id] as const);
    const [isolated, egress] = [this.ofTier("private-isolated"), this.ofTier("private-with-egress")];
    const hosts = isolated.length > 0 ? isolated : egress;
    return new VpcEndpoints(this, "Endpoints", {
      region: props.account.region,
      vpcId: this.vpcId,
      vpcName: props.vpcName,
      cidrBlocks: this.cidrBlocks,
      routeTableIds: new Map(tables),
      interfaceEndpoints: props.interfaceEndpoints ?? [],
      subnets: hosts.filter(
        ({ availabilityZone }, index) =>
          index === hosts.findIndex((host) => host.availabilityZone === availabilityZone),
      ),
    });
  }

  private validate(props: VpcProps): void {
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", props.account);
    checkLiterals(faults, props);
    faults
      .matches("vpcName", props.vpcName, /^[\w.-]+$/, "must have only letters, digits and '_.-'")
      .length("vpcName", props.vpcName, 1, 128)
      .throwIfAny();
    checkNetwork(faults, props, props.account.region, (name) => name);
    faults.throwIfAny();
  }
}

/** Names and ranges become part of addresses, or are reckoned with. */
function checkLiterals(faults: Faults, props: VpcProps): void {
  faults
    .literal("vpcName", props.vpcName)
    .literal("cidrBlock", props.cidrBlock)
    .literal("availabilityZones", props.availabilityZones);
  for (const zone of props.availabilityZones) faults.literal("availabilityZones", zone);
  for (const service of props.interfaceEndpoints ?? []) faults.literal("interfaceEndpoints", service);
  for (const [name, { cidrBlock }] of Object.entries(props.secondaryCidrBlocks ?? {})) {
    faults.literal(`secondaryCidrBlocks.${name}`, cidrBlock);
  }
  for (const [tier, ranges] of Object.entries(props.subnetCidrBlocks ?? {})) {
    for (const [zone, range] of Object.entries(ranges)) faults.literal(`subnetCidrBlocks.${tier}.${zone}`, range);
  }
}

function within(outer: string, inner: string): boolean {
  const [block, subnet] = [parseCidr(outer), parseCidr(inner)];
  return block !== undefined && subnet !== undefined && contains(block, subnet);
}
