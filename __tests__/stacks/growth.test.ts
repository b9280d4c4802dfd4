import type { NetworkConfig } from "../../lib/environment/environment-config";
import { platformWith, resourcesOf, shipped, synthesizeStack } from "../support/platform";
import type { Body, Synthesized } from "../support/synth";

type Resources = Readonly<Record<string, Body>>;

/** What Terraform compares: an order of creation is no attribute, a resource that waits for one more is not changed. */
function attributesOf({ depends_on: _, ...body }: Body): Body {
  return body;
}

function added(before: Resources, after: Resources): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const address of Object.keys(after).filter((each) => !(each in before))) {
    const type = address.split(".")[0] ?? "";
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** Addresses of resources that are gone, differ, or no longer wait for something. */
function disturbed(before: Resources, after: Resources): string[] {
  return Object.entries(before)
    .filter(([address, body]) => {
      const now = after[address] ?? {};
      const waitsFor = (now.depends_on ?? []) as readonly string[];
      const same = JSON.stringify(attributesOf(now)) === JSON.stringify(attributesOf(body));
      return !same || ((body.depends_on ?? []) as readonly string[]).some((each) => !waitsFor.includes(each));
    })
    .map(([address]) => address);
}

/** Policies that name ranges of the network, and teams that have a contract, are told of a new one, in place. */
function but(disturbedOnes: readonly string[]): string[] {
  return disturbedOnes.filter(
    (address) =>
      !/^kubernetes_network_policy_v1\..*_(from-load-balancer|to-vpc-endpoints)[_-]/.test(address) &&
      !/^aws_ssm_parameter\.(Contract-genomics_Parameter|LiveFacts)_/.test(address),
  );
}

function withNetwork(name: string, changes: Partial<NetworkConfig>): Synthesized {
  return synthesizeStack(name, platformWith(name, { network: { ...shipped(name).network, ...changes } }));
}

test("a zone that is added to the VPC only adds", () => {
  const [before, after] = [
    resourcesOf(synthesizeStack("dev")),
    resourcesOf(withNetwork("dev", { availabilityZones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"] })),
  ];
  expect(Object.keys(before).length).toBeGreaterThan(50);
  expect(but(disturbed(before, after))).toEqual([]);
  expect(added(before, after)).toEqual({
    aws_subnet: 3, // one in each tier
    aws_route_table: 1, // private tables are by zone, the others are shared
    aws_route_table_association: 3, // of each new subnet
    aws_route: 1, // to the NAT gateway that is there
    aws_vpc_endpoint_route_table_association: 2, // S3 and DynamoDB in the new table
  });
});

test("a zone that is added where each has its NAT gateway brings one of its own", () => {
  const per = { natGateways: "per-zone" as const };
  const [before, after] = [
    resourcesOf(withNetwork("dev", per)),
    resourcesOf(withNetwork("dev", { ...per, availabilityZones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"] })),
  ];
  expect(Object.keys(before).length).toBeGreaterThan(50);
  expect(but(disturbed(before, after))).toEqual([]);
  expect(added(before, after)).toMatchObject({
    aws_nat_gateway: 1, // the zone's own
    aws_eip: 1, // its address
  });
});

test("another range only adds, and nodes that stand in the others stay; a group can stand in it", () => {
  const { nodeGroups } = shipped("staging");
  const network = { ...shipped("staging").network, secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } } };
  const inPods = nodeGroups.map((group) => ({ ...group, nodeGroupName: "in-pods", subnetGroup: "pods" }));
  const [before, withRange, withNodes] = [
    resourcesOf(synthesizeStack("staging")),
    resourcesOf(synthesizeStack("staging", platformWith("staging", { network }))),
    resourcesOf(
      synthesizeStack("staging", platformWith("staging", { network, nodeGroups: [...nodeGroups, ...inPods] })),
    ),
  ];
  expect(but(disturbed(before, withRange))).toEqual([]);
  expect(added(before, withRange)).toEqual({
    aws_vpc_ipv4_cidr_block_association: 1, // the range
    aws_subnet: 3, // one in each zone
    aws_route_table_association: 3, // theirs, to the tables that the zones have
  });
  const group = Object.entries(withNodes).find(([address]) =>
    address.startsWith("aws_eks_node_group.NodeGroup-in-pods"),
  );
  expect(JSON.stringify(group)).toContain("aws_subnet.Vpc_pods_eu-west-3a");
});

test("a second node group only adds: blue and green stand side by side", () => {
  const { nodeGroups } = shipped("staging");
  // As many nodes as three /24s carry beside the blue ones.
  const green = nodeGroups.map((group) => ({
    ...group,
    nodeGroupName: "genomics-green",
    scaling: { min: 2, desired: 3, max: 9 },
  }));
  const [before, after] = [
    resourcesOf(synthesizeStack("staging")),
    resourcesOf(synthesizeStack("staging", platformWith("staging", { nodeGroups: [...nodeGroups, ...green] }))),
  ];
  expect(Object.keys(before).length).toBeGreaterThan(50);
  expect(disturbed(before, after)).toEqual([]);
  expect(added(before, after)).toEqual({
    aws_eks_node_group: 1, // the green group
    aws_launch_template: 1, // its own
    aws_iam_role: 1, // its own
    aws_iam_role_policy_attachment: 2, // join the cluster, pull images
  });
});

test("another range for the VPC, in contrast, disturbs the VPC, its subnets, and what names them", () => {
  const before = resourcesOf(synthesizeStack("dev"));
  const after = resourcesOf(withNetwork("dev", { cidrBlock: "10.48.0.0/16" }));
  expect([...new Set(disturbed(before, after).map((address) => address.split(".")[0]))]).toEqual([
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_vpc",
    "kubernetes_network_policy_v1",
  ]);
});
