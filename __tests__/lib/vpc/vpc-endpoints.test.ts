import { PRIVATE_CLUSTER_ENDPOINTS, VpcEndpoints, type VpcEndpointsProps } from "../../../lib/vpc/vpc-endpoints";
import { type Synthesized, synthesizeWith } from "../../support/synth";
import { named, vpcWith } from "../../support/vpc";

const minimal: VpcEndpointsProps = {
  region: "eu-west-3",
  vpcId: "vpc-1",
  vpcName: "staging",
  cidrBlocks: ["10.0.0.0/16"],
  routeTableIds: new Map([["private", "rtb-1"]]),
  interfaceEndpoints: [],
  subnets: [],
};

function endpointsWith(props: Partial<VpcEndpointsProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new VpcEndpoints(scope, "Endpoints", { ...minimal, ...props });
  });
}

test("minimal: S3 and DynamoDB by gateway, in the tables of nodes", () => {
  const stack = endpointsWith();
  expect(named(stack, "aws_vpc_endpoint", "staging-s3")).toEqual({
    vpc_id: "vpc-1",
    vpc_endpoint_type: "Gateway",
    service_name: "com.amazonaws.eu-west-3.s3",
    tags: { Name: "staging-s3" },
  });
  expect(stack.census).toEqual({
    aws_vpc_endpoint: 2, // S3 and DynamoDB
    aws_vpc_endpoint_route_table_association: 2, // each in the one table
  });
});

test("maximal: interface endpoints answer by their public names, to the VPC alone and on 443 alone", () => {
  const subnets = ["eu-west-3a", "eu-west-3b"].map((availabilityZone) => ({
    subnetId: `subnet-${availabilityZone}`,
    availabilityZone,
    cidrBlock: "10.0.0.0/24",
    tier: "private-isolated" as const,
  }));
  const stack = endpointsWith({
    cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
    interfaceEndpoints: ["ecr.api", "sts"],
    subnets,
  });
  expect(named(stack, "aws_vpc_endpoint", "staging-ecr.api")).toMatchObject({
    vpc_endpoint_type: "Interface",
    service_name: "com.amazonaws.eu-west-3.ecr.api",
    private_dns_enabled: true,
    security_group_ids: [expect.stringContaining("aws_security_group.Endpoints_SecurityGroup")],
  });
  const rules = Object.values(stack.resources("aws_vpc_security_group_ingress_rule"));
  expect(
    rules.map(({ cidr_ipv4, ip_protocol, from_port, to_port }) => [cidr_ipv4, ip_protocol, from_port, to_port]),
  ).toEqual([
    ["10.0.0.0/16", "tcp", 443, 443],
    ["100.64.0.0/16", "tcp", 443, 443],
  ]);
  expect(stack.census).toEqual({
    aws_vpc_endpoint: 4, // two gateways, two interfaces
    aws_vpc_endpoint_route_table_association: 2, // of the gateways
    aws_vpc_endpoint_subnet_association: 4, // of the interfaces, in two zones
    aws_security_group: 1, // shared by the interfaces; it has no rule out
    aws_vpc_security_group_ingress_rule: 2, // one for each range of the VPC
  });
});

test("in China gateways keep their names, interfaces have names of their own", () => {
  const stack = endpointsWith({ region: "cn-north-1", interfaceEndpoints: ["sts"] });
  const services = Object.values(stack.resources("aws_vpc_endpoint")).map((body) => body.service_name);
  expect(services).toEqual([
    "com.amazonaws.cn-north-1.dynamodb",
    "com.amazonaws.cn-north-1.s3",
    "cn.com.amazonaws.cn-north-1.sts",
  ]);
});

test("interface endpoints stand once in each zone, in isolated subnets where there are some", () => {
  const stack = vpcWith({
    tiers: ["public", "private-with-egress", "private-isolated"],
    secondaryCidrBlocks: { databases: { cidrBlock: "10.1.0.0/16", tier: "private-isolated" } },
    interfaceEndpoints: ["sts"],
  });
  const hosts = Object.values(stack.resources("aws_vpc_endpoint_subnet_association")).map((body) => body.subnet_id);
  expect(hosts).toEqual([
    expect.stringContaining("aws_subnet.Vpc_private-isolated_eu-west-3a"),
    expect.stringContaining("aws_subnet.Vpc_private-isolated_eu-west-3b"),
  ]);
});

test("gateways are in the tables of private tiers, and not in those of the public or the control plane's", () => {
  const tables = Object.values(
    vpcWith({ tiers: ["public", "private-with-egress", "private-isolated", "control-plane"] }).resources(
      "aws_vpc_endpoint_route_table_association",
    ),
  ).map((body) => /Routing_(.+)_\w+\.id/.exec(String(body.route_table_id))?.[1]);
  expect([...new Set(tables)].sort()).toEqual([
    "private-isolated",
    "private-with-egress-eu-west-3a",
    "private-with-egress-eu-west-3b",
  ]);
});

test("a cluster without internet reaches what EKS says it needs", () => {
  expect(PRIVATE_CLUSTER_ENDPOINTS).toEqual(
    expect.arrayContaining(["ec2", "ecr.api", "ecr.dkr", "sts", "eks", "eks-auth", "elasticloadbalancing", "logs"]),
  );
  expect(new Set(PRIVATE_CLUSTER_ENDPOINTS).size).toBe(PRIVATE_CLUSTER_ENDPOINTS.length);
});
