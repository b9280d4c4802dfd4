import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SubnetTier } from "./subnet-layout";
import type { ISubnet } from "./vpc-interface";
import type { NatGateways } from "./vpc-props";

const ANYWHERE = "0.0.0.0/0";

/**
 * Route tables: one for each tier, and for `private-with-egress` one in each zone, so that going from one NAT gateway to one per zone
 * changes routes and nothing else. Only public subnets have a route to the internet gateway.
 *
 * Creates `aws_route_table`, `aws_internet_gateway`, `aws_eip`, `aws_nat_gateway`, `aws_route`.
 */
export class Routing extends Construct {
  /** Routes to the internet and what they lead through. */
  readonly egress: ITerraformDependable[] = [];
  private readonly tables = new Map<string, RouteTable>();
  private internetGateway?: InternetGateway;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: { readonly vpcId: string; readonly vpcName: string },
  ) {
    super(scope, id);
  }

  /** The table that subnets of the tier use in the zone; made when first asked for. */
  tableFor(tier: SubnetTier, availabilityZone: string): RouteTable {
    const name = tier === "private-with-egress" ? `${tier}-${availabilityZone}` : tier;
    const existing = this.tables.get(name);
    if (existing) return existing;
    const table = new RouteTable(this, name, {
      vpcId: this.props.vpcId,
      tags: { Name: `${this.props.vpcName}-${name}` },
    });
    this.tables.set(name, table);
    if (tier === "public") this.routeToInternet(table);
    return table;
  }

  /** Every table, by name. */
  get all(): ReadonlyMap<string, RouteTable> {
    return new Map(this.tables);
  }

  /** The tables of the tiers that nodes stand in, by name. */
  get nodeTables(): ReadonlyMap<string, RouteTable> {
    return new Map([...this.tables].filter(([name]) => name.startsWith("private-")));
  }

  /** NAT gateways in the public subnets, and the routes of the private-with-egress tables to them. */
  addNatGateways(mode: NatGateways, publicSubnets: readonly ISubnet[], zones: readonly string[]): void {
    if (mode === "none") return;
    const gateways = new Map<string, NatGateway>();
    // A zone can have several public subnets, where a secondary range is public too: its gateway stands in the first.
    for (const subnet of publicSubnets) {
      const { availabilityZone: zone } = subnet;
      if (gateways.has(zone) || (mode === "single" && zone !== zones[0])) continue;
      gateways.set(zone, this.natGateway(subnet));
    }
    const [shared] = gateways.values();
    for (const zone of zones) {
      const gateway = gateways.get(zone) ?? shared;
      if (!gateway) continue;
      const table = this.tableFor("private-with-egress", zone);
      this.egress.push(
        new Route(this, `nat-${zone}`, {
          routeTableId: table.id,
          destinationCidrBlock: ANYWHERE,
          natGatewayId: gateway.id,
        }),
      );
    }
  }

  private routeToInternet(table: RouteTable): void {
    const { vpcId, vpcName } = this.props;
    this.internetGateway = new InternetGateway(this, "InternetGateway", { vpcId, tags: { Name: vpcName } });
    this.egress.push(
      new Route(this, "internet", {
        routeTableId: table.id,
        destinationCidrBlock: ANYWHERE,
        gatewayId: this.internetGateway.id,
      }),
    );
  }

  private natGateway(subnet: ISubnet): NatGateway {
    const nat = new Construct(this, `NatGateway-${subnet.availabilityZone}`);
    const tags = { Name: `${this.props.vpcName}-${subnet.availabilityZone}` };
    // AWS gives no public address, and routes none, before the internet gateway is attached.
    const dependsOn = this.internetGateway && [this.internetGateway];
    const attached = subnet.routing ? [subnet.routing] : [];
    const eip = new Eip(nat, "Address", { domain: "vpc", tags, dependsOn });
    return new NatGateway(nat, "Resource", {
      allocationId: eip.id,
      subnetId: subnet.subnetId,
      tags,
      // Without its route table the subnet has no way out, and nodes that still drain would be cut off.
      dependsOn: [...(dependsOn ?? []), ...attached],
    });
  }
}
