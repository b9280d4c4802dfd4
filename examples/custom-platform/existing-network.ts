import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const RANGE = "10.40.0.0/16";
/** Ranges by zone: the tiers are the words of `network.json`, the roles those by which load balancers find subnets. */
const TIERS = {
  public: {
    ranges: { "eu-west-3a": "10.40.0.0/24", "eu-west-3b": "10.40.1.0/24" },
    tags: { "kubernetes.io/role/elb": "1" },
  },
  "private-with-egress": {
    ranges: { "eu-west-3a": "10.40.64.0/18", "eu-west-3b": "10.40.128.0/18" },
    tags: { "kubernetes.io/role/internal-elb": "1" },
  },
};

/** Somebody else's VPC, in plain classes of the provider: it knows nothing of the platform. */
export class ExistingNetwork extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: "network.tfstate" });
    new AwsProvider(this, "Aws", { region: "eu-west-3", allowedAccountIds: ["111122223333"] });
    // The private endpoint of a cluster is found by a name inside the VPC.
    const vpc = new Vpc(this, "Vpc", { cidrBlock: RANGE, enableDnsSupport: true, enableDnsHostnames: true });
    const gateway = new InternetGateway(this, "Gateway", { vpcId: vpc.id });
    const everywhere = "0.0.0.0/0";
    const publicTable = new RouteTable(this, "Public", {
      vpcId: vpc.id,
      route: [{ cidrBlock: everywhere, gatewayId: gateway.id }],
    });
    const publicSubnets = this.subnets("public", vpc, publicTable);
    const [first] = publicSubnets;
    if (!first) throw new Error("there is no public subnet");
    const address = new Eip(this, "Address", { domain: "vpc", dependsOn: [gateway] });
    const nat = new NatGateway(this, "Nat", { allocationId: address.id, subnetId: first.id });
    const privateTable = new RouteTable(this, "Private", {
      vpcId: vpc.id,
      route: [{ cidrBlock: everywhere, natGatewayId: nat.id }],
    });
    const privateSubnets = this.subnets("private-with-egress", vpc, privateTable);
    new TerraformOutput(this, "network", {
      description: "The content of network.json",
      value: {
        vpcId: vpc.id,
        cidrBlocks: [RANGE],
        subnets: [
          ...publicSubnets.map((subnet) => ({ ...facts(subnet), tier: "public" })),
          ...privateSubnets.map((subnet) => ({ ...facts(subnet), tier: "private-with-egress" })),
        ],
      },
    });
  }

  private subnets(tier: keyof typeof TIERS, vpc: Vpc, table: RouteTable): Subnet[] {
    const { ranges, tags } = TIERS[tier];
    return Object.entries(ranges).map(([availabilityZone, cidrBlock]) => {
      const subnet = new Subnet(this, `${tier}-${availabilityZone}`, {
        vpcId: vpc.id,
        availabilityZone,
        cidrBlock,
        tags,
      });
      const routeTableId = table.id;
      new RouteTableAssociation(this, `${tier}-${availabilityZone}-routes`, { subnetId: subnet.id, routeTableId });
      return subnet;
    });
  }
}

function facts({ id, availabilityZone, cidrBlock }: Subnet) {
  return { subnetId: id, availabilityZone, cidrBlock };
}
