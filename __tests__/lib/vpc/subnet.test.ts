import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import type { SubnetPlan } from "../../../lib/vpc/plan-subnets";
import { Subnet } from "../../../lib/vpc/subnet";
import type { SubnetTier } from "../../../lib/vpc/subnet-layout";
import { type Synthesized, synthesizeWith } from "../../support/synth";

function subnetWith(tier: SubnetTier, clusterNames: string[], group: string = tier): Synthesized {
  const plan: SubnetPlan = { tier, group, availabilityZone: "eu-west-3a", cidrBlock: "10.0.0.0/24" };
  return synthesizeWith((scope) => {
    const props = { plan, vpcId: "vpc-1", vpcName: "staging", routeTableId: "rtb-1", clusterNames };
    const subnet = new Subnet(scope, "Subnet", props);
    expect(subnet).toMatchObject({ tier, availabilityZone: "eu-west-3a", cidrBlock: "10.0.0.0/24" });
  });
}

const tagsOf = (...input: Parameters<typeof subnetWith>) => subnetWith(...input).only("aws_subnet").tags;

test("minimal: a range in a zone, no public addresses, in the route table it was given", () => {
  const stack = subnetWith("public", []);
  expect(stack.only("aws_subnet")).toEqual({
    vpc_id: "vpc-1",
    availability_zone: "eu-west-3a",
    cidr_block: "10.0.0.0/24",
    map_public_ip_on_launch: false,
    tags: { Name: "staging-public-eu-west-3a" },
  });
  expect(stack.only("aws_route_table_association")).toEqual({
    route_table_id: "rtb-1",
    subnet_id: expect.stringContaining("aws_subnet.Subnet"),
  });
  expect(stack.census).toEqual({
    aws_subnet: 1,
    aws_route_table_association: 1, // otherwise it would use the VPC's main table
  });
});

test("maximal: load balancers find public subnets by one role and private ones by the other", () => {
  const shared = { "kubernetes.io/cluster/one": "shared" };
  expect(tagsOf("public", ["one"])).toEqual({
    Name: "staging-public-eu-west-3a",
    ...shared,
    "kubernetes.io/role/elb": "1",
  });
  const inner = { ...shared, "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": "one" };
  expect(tagsOf("private-with-egress", ["one"])).toEqual({ Name: "staging-private-with-egress-eu-west-3a", ...inner });
  expect(tagsOf("private-isolated", ["one"])).toEqual({ Name: "staging-private-isolated-eu-west-3a", ...inner });
});

test("a subnet of a secondary range is named after the range and tagged after its tier", () => {
  expect(tagsOf("private-isolated", ["one"], "pods")).toMatchObject({
    Name: "staging-pods-eu-west-3a",
    "kubernetes.io/role/internal-elb": "1",
  });
});

test("two clusters share a subnet; Karpenter's tag has room for one name, so neither gets it", () => {
  expect(tagsOf("private-with-egress", ["one", "two"])).toEqual({
    Name: "staging-private-with-egress-eu-west-3a",
    "kubernetes.io/cluster/one": "shared",
    "kubernetes.io/cluster/two": "shared",
    "kubernetes.io/role/internal-elb": "1",
  });
});

test("neither load balancers nor nodes are drawn into the control plane's subnets", () => {
  expect(tagsOf("control-plane", ["one"])).toEqual({ Name: "staging-control-plane-eu-west-3a" });
});

test("what stands in a subnet can wait for its route table, and leave before it", () => {
  const plan: SubnetPlan = {
    tier: "public",
    group: "public",
    availabilityZone: "eu-west-3a",
    cidrBlock: "10.0.0.0/24",
  };
  const stack = synthesizeWith((scope) => {
    const props = { plan, vpcId: "vpc-1", vpcName: "staging", routeTableId: "rtb-1", clusterNames: [] };
    const { routing } = new Subnet(scope, "Subnet", props);
    new KeyPair(scope, "Node", { publicKey: "ssh-ed25519 AAAA", dependsOn: [routing] });
  });
  const [association] = Object.keys(stack.resources("aws_route_table_association"));
  expect(stack.only("aws_key_pair").depends_on).toEqual([`aws_route_table_association.${association}`]);
});
