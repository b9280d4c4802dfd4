import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { Vpc } from "../../../lib/vpc/vpc";
import { PRIVATE_CLUSTER_ENDPOINTS } from "../../../lib/vpc/vpc-endpoints";
import type { VpcProps } from "../../../lib/vpc/vpc-props";
import { account } from "../../support/account";
import { testKey } from "../../support/cluster";
import { synthesizeWith, testStack } from "../../support/synth";
import { named, smallVpc, vpcWith } from "../../support/vpc";

const maximal: Omit<VpcProps, "flowLogs"> = {
  account,
  vpcName: "staging",
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["eu-west-3a", "eu-west-3b"],
  tiers: ["public", "private-with-egress", "private-isolated", "control-plane"],
  subnetCidrBlocks: { "private-isolated": { "eu-west-3a": "10.0.255.0/26", "eu-west-3b": "10.0.255.64/26" } },
  reservedZones: 8,
  secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } },
  natGateways: "single",
  interfaceEndpoints: PRIVATE_CLUSTER_ENDPOINTS,
  clusterNames: ["staging"],
  removal: "destroy",
};

test("minimal: names resolve inside, it is guarded, and a NAT gateway stands in each zone", () => {
  const stack = vpcWith();
  expect(stack.only("aws_vpc")).toEqual({
    cidr_block: "10.0.0.0/16",
    enable_dns_hostnames: true,
    enable_dns_support: true,
    tags: { Name: "test" },
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.census).toEqual({
    aws_vpc: 1,
    aws_default_security_group: 1, // adopted and emptied: nothing can fall back on it
    aws_subnet: 6, // three tiers in two zones
    aws_route_table: 4, // public, control plane, and private-with-egress in each zone
    aws_route_table_association: 6, // one for each subnet: none uses the VPC's main table
    aws_internet_gateway: 1,
    aws_eip: 2, // one for each NAT gateway
    aws_nat_gateway: 2, // per zone: the loss of one leaves the other
    aws_route: 3, // public to the internet, private to the zone's own gateway
    aws_vpc_endpoint: 2, // S3 and DynamoDB by gateway, at no cost
    aws_vpc_endpoint_route_table_association: 4, // both of them in both private tables
  });
});

test("maximal: every property shows in what is made", () => {
  const stack = synthesizeWith((scope) => {
    new Vpc(scope, "Vpc", { ...maximal, flowLogs: { encryptionKey: testKey(scope), retentionInDays: 400 } });
  });
  expect(stack.only("aws_vpc")).toMatchObject({
    tags: { Name: "staging" },
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.only("aws_vpc_ipv4_cidr_block_association")).toMatchObject({ cidr_block: "100.64.0.0/16" });
  expect(stack.only("aws_nat_gateway")).toMatchObject({ tags: { Name: "staging-eu-west-3a" } });
  expect(stack.only("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 400, skip_destroy: false });
  const ranges = Object.values(stack.resources("aws_subnet")).map((body) => body.cidr_block);
  expect(ranges.sort()).toEqual([
    "10.0.0.0/20", // private-with-egress: zones are half as large with room for 8
    "10.0.16.0/22", // public
    "10.0.24.0/28", // control plane
    "10.0.255.0/26", // private-isolated, as given
    "10.0.255.64/26",
    "10.0.32.0/20",
    "10.0.48.0/22",
    "10.0.56.0/28",
    "100.64.0.0/19", // pods
    "100.64.32.0/19",
  ]);
  expect(stack.census).toEqual({
    aws_vpc: 1,
    aws_vpc_ipv4_cidr_block_association: 1, // the pods' range
    aws_default_security_group: 1, // adopted and emptied
    aws_subnet: 10, // four tiers and the pods' range in two zones
    aws_route_table: 5, // public, isolated, control plane, and private-with-egress in each zone
    aws_route_table_association: 10, // one for each subnet
    aws_internet_gateway: 1,
    aws_eip: 1, // of the only NAT gateway
    aws_nat_gateway: 1, // single
    aws_route: 3, // both private tables lead to it
    aws_vpc_endpoint: 16, // two gateways, and 14 services that a cluster without internet calls
    aws_vpc_endpoint_route_table_association: 6, // S3 and DynamoDB in three tables of nodes
    aws_vpc_endpoint_subnet_association: 28, // 14 services in two zones
    aws_security_group: 1, // of the interface endpoints
    aws_vpc_security_group_ingress_rule: 2, // 443 from each range of the VPC
    aws_flow_log: 1,
    aws_cloudwatch_log_group: 1, // where flow logs go
    aws_iam_role: 1, // delivers them
    aws_iam_role_policy: 1, // and may do nothing else
  });
});

test("what was asked for, or filled in, can be read back", () => {
  const stack = testStack();
  const vpc = new Vpc(stack, "Vpc", { ...smallVpc, secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } } });
  expect(vpc.natGateways).toBe("per-zone");
  expect(vpc.cidrBlocks).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
  expect(vpc.availabilityZones).toEqual(["eu-west-3a", "eu-west-3b"]);
  expect(vpc.subnets("public").map(({ cidrBlock }) => cidrBlock)).toEqual(["10.0.32.0/21", "10.0.96.0/21"]);
  expect(vpc.subnets("private-with-egress", ["eu-west-3b"]).map(({ cidrBlock }) => cidrBlock)).toEqual([
    "10.0.64.0/19",
  ]);
  expect(vpc.subnets("pods", ["eu-west-3b"]).map(({ cidrBlock }) => cidrBlock)).toEqual(["100.64.64.0/18"]);
});

test("a list that the caller changes later changes nothing", () => {
  const availabilityZones = ["eu-west-3a", "eu-west-3b"];
  const vpc = new Vpc(testStack(), "Vpc", { ...smallVpc, availabilityZones });
  availabilityZones.push("eu-west-3c");
  expect(vpc.availabilityZones).toEqual(["eu-west-3a", "eu-west-3b"]);
});

test("without a private tier there is nothing that needs NAT", () => {
  const stack = testStack();
  expect(new Vpc(stack, "Public", { ...smallVpc, tiers: ["public"] }).natGateways).toBe("none");
  expect(new Vpc(stack, "Default", smallVpc).natGateways).toBe("per-zone");
});

test("the default security group is closed: no rule in, no rule out", () => {
  const group = vpcWith().only("aws_default_security_group");
  expect(Object.keys(group).sort()).toEqual(["tags", "vpc_id"]);
  expect(group.tags).toEqual({ Name: "test-default-closed" });
});

test("no subnet hands out public addresses, public ones included", () => {
  const stack = vpcWith({
    tiers: maximal.tiers,
    secondaryCidrBlocks: { web: { cidrBlock: "10.1.0.0/16", tier: "public" } },
  });
  const subnets = Object.values(stack.resources("aws_subnet"));
  expect(subnets.map((body) => body.map_public_ip_on_launch)).toEqual(Array(10).fill(false));
  expect(named(stack, "aws_subnet", "test-public-eu-west-3a").map_public_ip_on_launch).toBe(false);
});

test("flow logs are on unless 'off' is said", () => {
  const on = synthesizeWith((scope) => {
    new Vpc(scope, "Vpc", { ...smallVpc, flowLogs: { encryptionKey: testKey(scope) } });
  });
  expect(on.census).toMatchObject({ aws_flow_log: 1, aws_cloudwatch_log_group: 1 });
  expect(vpcWith({ flowLogs: "off" }).census).not.toHaveProperty("aws_flow_log");
});

test("a subnet of a secondary range waits until the VPC has the range", () => {
  const stack = vpcWith({ secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } } });
  const [association] = Object.keys(stack.resources("aws_vpc_ipv4_cidr_block_association"));
  expect(named(stack, "aws_subnet", "test-pods-eu-west-3a").depends_on).toEqual([
    `aws_vpc_ipv4_cidr_block_association.${association}`,
  ]);
  expect(named(stack, "aws_subnet", "test-public-eu-west-3a")).not.toHaveProperty("depends_on");
});

test("nodes wait for their way out: NAT gateways' routes and endpoints", () => {
  const waitsFor = (props: Partial<VpcProps>) => {
    const stack = synthesizeWith((scope) => {
      const vpc = new Vpc(scope, "Vpc", { ...smallVpc, ...props });
      new KeyPair(scope, "Nodes", { publicKey: "ssh-ed25519 AAAA", dependsOn: [...vpc.egress] });
    });
    return stack.only("aws_key_pair").depends_on;
  };
  expect(waitsFor({ availabilityZones: ["eu-west-3a"] })).toEqual([
    "aws_route.Vpc_Routing_internet_B5326EEB",
    "aws_route.Vpc_Routing_nat-eu-west-3a_FEB693DC",
    "aws_vpc_endpoint_route_table_association.Vpc_Endpoints_s3_private-with-egress-eu-west-3a_FC8DA41B",
    "aws_vpc_endpoint_route_table_association.Vpc_Endpoints_dynamodb_private-with-egress-eu-west-3a_D5A1F72D",
  ]);
  expect(
    waitsFor({ availabilityZones: ["eu-west-3a"], tiers: ["private-isolated"], interfaceEndpoints: ["sts"] }),
  ).toEqual([
    expect.stringMatching(/^aws_vpc_endpoint_route_table_association\.Vpc_Endpoints_s3_private-isolated_/),
    expect.stringMatching(/^aws_vpc_endpoint_route_table_association\.Vpc_Endpoints_dynamodb_private-isolated_/),
    expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.Vpc_Endpoints_From-/),
    "aws_vpc_endpoint_subnet_association.Vpc_Endpoints_sts_eu-west-3a_253DB7AF",
  ]);
});
