import { synthesizeStack } from "../support/platform";
import type { Body } from "../support/synth";

const staging = synthesizeStack("staging");
const subnets = Object.values(staging.resources("aws_subnet"));

function tagsOf(body: Body): Readonly<Record<string, string>> {
  return body.tags as Readonly<Record<string, string>>;
}

/** Subnets that carry a tag, as zone and range. */
function subnetsWith(tag: string): string[] {
  return subnets
    .filter((subnet) => tag in tagsOf(subnet))
    .map(({ availability_zone, cidr_block }) => `${availability_zone} ${cidr_block}`)
    .sort();
}

const PRIVATE = ["eu-west-3a 10.0.1.0/24", "eu-west-3b 10.0.2.0/24", "eu-west-3c 10.0.3.0/24"];
const PUBLIC = ["eu-west-3a 10.0.101.0/24", "eu-west-3b 10.0.102.0/24", "eu-west-3c 10.0.103.0/24"];

test("the network is 10.0.0.0/16", () => {
  expect(staging.only("aws_vpc")).toMatchObject({ cidr_block: "10.0.0.0/16" });
});

test("private subnets are 10.0.1-3.0/24, public ones 10.0.101-103.0/24, as load balancers find them", () => {
  expect(subnetsWith("kubernetes.io/role/internal-elb")).toEqual(PRIVATE);
  expect(subnetsWith("kubernetes.io/role/elb")).toEqual(PUBLIC);
});

test("private and public subnets are shared with the cluster, those of the control plane are not", () => {
  expect(subnetsWith("kubernetes.io/cluster/staging")).toEqual([...PRIVATE, ...PUBLIC].sort());
  const shared = subnets.map((subnet) => tagsOf(subnet)["kubernetes.io/cluster/staging"]);
  expect(shared.filter((value) => value === "shared")).toHaveLength(6);
  expect(shared.filter((value) => value === undefined)).toHaveLength(3);
  expect(subnets).toHaveLength(9);
});

test("one NAT gateway, in a public subnet, is the way out of every private subnet", () => {
  expect(staging.only("aws_nat_gateway")).toMatchObject({ subnet_id: expect.stringContaining("public_eu-west-3a") });
  const routes = Object.values(staging.resources("aws_route")).filter((route) => "nat_gateway_id" in route);
  expect(routes).toHaveLength(3);
  expect(new Set(routes.map(({ nat_gateway_id }) => nat_gateway_id)).size).toBe(1);
  expect(new Set(routes.map(({ route_table_id }) => route_table_id)).size).toBe(3);
});

test("the node group genomics has two to ten m5.large, three at first, in the private subnets", () => {
  const group = staging.only("aws_eks_node_group");
  expect(group).toMatchObject({
    node_group_name: "genomics",
    instance_types: ["m5.large"],
    capacity_type: "ON_DEMAND",
    scaling_config: { min_size: 2, desired_size: 3, max_size: 10 },
    lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
  });
  expect(group.subnet_ids).toEqual(
    ["a", "b", "c"].map((zone) => expect.stringContaining(`private-with-egress_eu-west-3${zone}`)),
  );
});

test("the cluster staging runs Kubernetes 1.35, reached from the route's range on the private endpoint alone", () => {
  expect(staging.only("aws_eks_cluster")).toMatchObject({
    name: "staging",
    version: "1.35",
    vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
    encryption_config: { resources: ["secrets"] },
  });
  expect(staging.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
    cidr_ipv4: "10.255.0.0/24",
    from_port: 443,
    to_port: 443,
  });
});

test("nodes wait for what gives them their network, and DNS waits for nodes", () => {
  const addon = (name: string) =>
    Object.values(staging.resources("aws_eks_addon")).find(({ addon_name }) => addon_name === name);
  expect(staging.only("aws_eks_node_group").depends_on).toEqual(
    expect.arrayContaining(
      ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map((name) =>
        expect.stringMatching(`^aws_eks_addon\\.NodeAddons_${name}_`),
      ),
    ),
  );
  expect(addon("coredns")?.depends_on).toEqual([expect.stringMatching(/^aws_eks_node_group\./)]);
  expect(addon("kube-proxy")?.depends_on).toEqual([]);
});

test("everything can be destroyed in staging", () => {
  const guards = staging.addresses.flatMap((address) => {
    const [type = "", id = ""] = address.split(".");
    const lifecycle = staging.resources(type)[id]?.lifecycle as Body | undefined;
    return lifecycle?.prevent_destroy === undefined ? [] : [lifecycle.prevent_destroy];
  });
  expect(guards.length).toBeGreaterThan(3);
  expect(new Set(guards)).toEqual(new Set([false]));
});
