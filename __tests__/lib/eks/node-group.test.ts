import type { TerraformStack } from "cdktf";
import { Addon } from "../../../lib/eks/addon";
import { NodeGroup } from "../../../lib/eks/node-group";
import type { NodeGroupProps } from "../../../lib/eks/node-group-props";
import { KEY_ARN, testCluster, testKey, testVpc, vpcWithEgress, ZONES } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";

function nodeGroup(scope: TerraformStack, props: Partial<NodeGroupProps> = {}): NodeGroup {
  return new NodeGroup(scope, "Nodes", {
    cluster: testCluster(scope),
    vpc: props.vpc ?? testVpc(scope),
    nodeGroupName: "genomics",
    availabilityZones: ZONES,
    instanceTypes: ["m5.large"],
    scaling: { min: 2, desired: 3, max: 10 },
    releaseVersion: "1.35.8-20260930",
    volumeEncryptionKey: testKey(scope),
    ...props,
  });
}

function synthesized(props: Partial<NodeGroupProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    nodeGroup(scope, props);
  });
}

function fault(props: Partial<NodeGroupProps>): string {
  return messageOf(() => nodeGroup(testStack(), props));
}

test("minimal: on-demand AL2023 nodes in private subnets, repaired, a third replaced at a time, size left to the autoscaler", () => {
  const stack = synthesized();
  expect(stack.only("aws_eks_node_group")).toEqual({
    cluster_name: "test",
    version: "1.35", // of the release
    node_group_name: "genomics",
    node_role_arn: expect.stringContaining("aws_iam_role.Nodes_Role"),
    subnet_ids: ["subnet-private-with-egress-eu-west-3a", "subnet-private-with-egress-eu-west-3b"],
    instance_types: ["m5.large"],
    ami_type: "AL2023_x86_64_STANDARD",
    capacity_type: "ON_DEMAND",
    release_version: "1.35.8-20260930",
    launch_template: {
      id: expect.stringMatching(/aws_launch_template\.Nodes_LaunchTemplate_\w+\.id/),
      version: expect.stringMatching(/aws_launch_template\.Nodes_LaunchTemplate_\w+\.latest_version/),
    },
    scaling_config: { min_size: 2, desired_size: 3, max_size: 10 },
    update_config: { max_unavailable_percentage: 33 },
    node_repair_config: { enabled: true },
    timeouts: { create: "60m", update: "120m", delete: "60m" },
    lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    depends_on: [
      expect.stringContaining("AmazonEKSWorkerNodePolicy"),
      expect.stringContaining("AmazonEC2ContainerRegistryPullOnly"),
    ],
  });
  expect(stack.census).toEqual({
    aws_eks_node_group: 1, // the group
    aws_launch_template: 1, // how its nodes start
    aws_iam_role: 1, // what its nodes run as, not shared with other groups
    aws_iam_role_policy_attachment: 2, // join the cluster, pull images
  });
});

test("maximal: every choice reaches EKS", () => {
  const stack = synthesized({
    availabilityZones: ["eu-west-3b"],
    subnetGroup: "control-plane",
    instanceTypes: ["m7g.large", "m6g.large"],
    amiType: "BOTTLEROCKET_ARM_64",
    releaseVersion: "1.49.0-713f44ce",
    capacityType: "SPOT",
    scaling: { min: 0, desired: 0, max: 1, mode: "fixed" },
    volumeSizeGiB: 200,
    labels: { workload: "genomics" },
    taints: [
      { key: "dedicated", value: "genomics", effect: "NO_SCHEDULE" },
      { key: "spot", effect: "PREFER_NO_SCHEDULE" },
    ],
    maxUnavailablePercentage: 50,
    nodeRepair: false,
    sessionManager: true,
  });
  expect(stack.only("aws_eks_node_group")).toMatchObject({
    subnet_ids: ["subnet-control-plane-eu-west-3b"],
    instance_types: ["m7g.large", "m6g.large"],
    ami_type: "BOTTLEROCKET_ARM_64",
    release_version: "1.49.0-713f44ce",
    capacity_type: "SPOT",
    scaling_config: { min_size: 0, desired_size: 0, max_size: 1 },
    labels: { workload: "genomics" },
    taint: [
      { key: "dedicated", value: "genomics", effect: "NO_SCHEDULE" },
      { key: "spot", effect: "PREFER_NO_SCHEDULE" },
    ],
    update_config: { max_unavailable_percentage: 50 },
    node_repair_config: { enabled: false },
  });
  expect(stack.only("aws_launch_template").block_device_mappings).toMatchObject([
    { device_name: "/dev/xvda", ebs: { encrypted: "true", kms_key_id: KEY_ARN } },
    { device_name: "/dev/xvdb", ebs: { volume_size: 200, encrypted: "true", kms_key_id: KEY_ARN } },
  ]);
  expect(stack.census).toEqual({
    aws_eks_node_group: 1, // the group
    aws_launch_template: 1, // how its nodes start
    aws_iam_role: 1, // what its nodes run as
    aws_iam_role_policy_attachment: 3, // join the cluster, pull images, Session Manager
  });
});

test("nodes run as a role that only EC2 may assume", () => {
  const role = synthesized().only("aws_iam_role");
  expect(role).toMatchObject({ name: "test-genomics-nodes" });
  expect(parsed(role, "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
});

test("a shell through Session Manager has to be asked for", () => {
  const policies = (props: Partial<NodeGroupProps>) =>
    Object.values(synthesized(props).resources("aws_iam_role_policy_attachment")).map(({ policy_arn }) => policy_arn);
  const policy = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
  expect(policies({ sessionManager: true })).toContain(policy);
  expect(policies({})).not.toContain(policy);
});

test("a fixed size is kept by Terraform, an autoscaled one is not touched after creation", () => {
  const scaling = { min: 1, desired: 2, max: 3 };
  expect(synthesized({ scaling: { ...scaling, mode: "autoscaled" } }).only("aws_eks_node_group")).toMatchObject({
    lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
  });
  const fixed = synthesized({ scaling: { ...scaling, mode: "fixed" } }).only("aws_eks_node_group");
  expect(fixed).toMatchObject({ scaling_config: { desired_size: 2 } });
  expect(fixed).not.toHaveProperty("lifecycle");
});

test("nodes come after the add-ons they need, their way out and their role's policies", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope, "Other");
    const cni = new Addon(scope, "Cni", { cluster, addonName: "vpc-cni", addonVersion: "v1.22.4-eksbuild.3" });
    nodeGroup(scope, { vpc: vpcWithEgress(scope), after: [cni.resource] });
  });
  const dependsOn = stack.only("aws_eks_node_group").depends_on;
  for (const each of [
    /^aws_eks_addon\.Cni_/,
    /^aws_route_table_association\.Vpc_private-with-egress_eu-west-3a_/,
    /^aws_route\.Vpc_Routing_nat-eu-west-3a_/,
    /^aws_route\.Vpc_Routing_nat-eu-west-3b_/,
    /^aws_vpc_endpoint_route_table_association\.Vpc_Endpoints_s3_private-with-egress-eu-west-3b_/,
    /^aws_iam_role_policy_attachment\.Nodes_Role_AmazonEKSWorkerNodePolicy_/,
    /^aws_iam_role_policy_attachment\.Nodes_Role_AmazonEC2ContainerRegistryPullOnly_/,
  ]) {
    expect(dependsOn).toContainEqual(expect.stringMatching(each));
  }
});

test("the caller's lists and maps are copied", () => {
  const instanceTypes = ["m5.large"];
  const labels = { workload: "genomics" };
  const stack = synthesizeWith((scope) => {
    nodeGroup(scope, { instanceTypes, labels });
    instanceTypes.push("m5.24xlarge");
    labels.workload = "mining";
  });
  expect(stack.only("aws_eks_node_group")).toMatchObject({
    instance_types: ["m5.large"],
    labels: { workload: "genomics" },
  });
});

test("nodes may be of the cluster's version or up to three minors older, never newer", () => {
  const older = synthesized({ releaseVersion: "1.32.11-20260930" }).only("aws_eks_node_group");
  expect(older).toMatchObject({ release_version: "1.32.11-20260930" });
  for (const releaseVersion of ["1.36.1-20260930", "1.31.14-20260930"]) {
    expect(fault({ releaseVersion })).toBe(
      `'releaseVersion' must be of Kubernetes 1.35 or at most 3 minor versions older, got "${releaseVersion}" at test/Nodes`,
    );
  }
});

test.each<[string, Partial<NodeGroupProps>, string]>([
  [
    "a name with a space",
    { nodeGroupName: "my nodes" },
    `'nodeGroupName' must begin with a letter or digit, then letters, digits, '-' and '_', got "my nodes" at test/Nodes`,
  ],
  [
    "a name of 64 characters",
    { nodeGroupName: "a".repeat(64) },
    `'nodeGroupName' must have 1 to 63 characters, has 64, got "${"a".repeat(64)}" at test/Nodes`,
  ],
  ["no zone", { availabilityZones: [] }, "'availabilityZones' must list at least 1 zone, got [] at test/Nodes"],
  [
    "a zone twice",
    { availabilityZones: ["eu-west-3a", "eu-west-3a"] },
    `'availabilityZones' must not repeat a value, got "eu-west-3a" at test/Nodes; remove the second one`,
  ],
  [
    "a zone that the VPC does not have",
    { availabilityZones: ["eu-west-3c"] },
    `'availabilityZones' must have a private-with-egress subnet in every zone, got "eu-west-3c" at test/Vpc; the VPC has private-with-egress subnets in eu-west-3a, eu-west-3b`,
  ],
  ["no instance type", { instanceTypes: [] }, "'instanceTypes' must list 1 to 20 instance types, got [] at test/Nodes"],
  [
    "a volume that is too small for images",
    { volumeSizeGiB: 10 },
    "'volumeSizeGiB' must be a whole number from 20 to 16384, got 10 at test/Nodes",
  ],
  [
    "an update of no node at all",
    { maxUnavailablePercentage: 0 },
    "'maxUnavailablePercentage' must be a whole number from 1 to 100, got 0 at test/Nodes",
  ],
  [
    "min above desired",
    { scaling: { min: 4, desired: 3, max: 10 } },
    "'scaling.desired' must be at least min (4), got 3 at test/Nodes; raise 'desired' or lower 'min'",
  ],
  [
    "desired above max",
    { scaling: { min: 1, desired: 11, max: 10 } },
    "'scaling.desired' must be at most max (10), got 11 at test/Nodes; lower 'desired' or raise 'max'",
  ],
  [
    "a max of 0",
    { scaling: { min: 0, desired: 0, max: 0 } },
    "'scaling.max' must be a whole number of at least 1, got 0 at test/Nodes",
  ],
  [
    "half a node",
    { scaling: { min: 0.5, desired: 1, max: 1 } },
    "'scaling.min' must be a whole number of at least 0, got 0.5 at test/Nodes",
  ],
  [
    "a taint twice",
    {
      taints: [
        { key: "a", value: "1", effect: "NO_SCHEDULE" },
        { key: "a", value: "2", effect: "NO_SCHEDULE" },
      ],
    },
    `'taints' must not repeat a value, got "a:NO_SCHEDULE" at test/Nodes; remove the second one`,
  ],
  [
    "51 taints",
    { taints: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, effect: "NO_EXECUTE" as const })) },
    "'taints' must list at most 50 taints, got 51 at test/Nodes",
  ],
  [
    "a release without its date",
    { releaseVersion: "1.35" },
    `'releaseVersion' must be a release of the machine image, got "1.35" at test/Nodes; for example "1.35.8-20260930"`,
  ],
  [
    "a release of Bottlerocket for Amazon Linux",
    { releaseVersion: "1.49.0-713f44ce" },
    `'releaseVersion' must be a release of the machine image, got "1.49.0-713f44ce" at test/Nodes; for example "1.35.8-20260930"`,
  ],
  [
    "a release of Bottlerocket without its commit",
    { amiType: "BOTTLEROCKET_x86_64", releaseVersion: "1.49.0" },
    `'releaseVersion' must be a release of the machine image, got "1.49.0" at test/Nodes; for example "1.49.0-713f44ce"`,
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("all faults at once, a line each", () => {
  expect(fault({ instanceTypes: [], volumeSizeGiB: 1, scaling: { min: 2, desired: 1, max: 1 } })).toBe(
    [
      "'instanceTypes' must list 1 to 20 instance types, got [] at test/Nodes",
      "'volumeSizeGiB' must be a whole number from 20 to 16384, got 1 at test/Nodes",
      "'scaling.desired' must be at least min (2), got 1 at test/Nodes; raise 'desired' or lower 'min'",
    ].join("\n"),
  );
});
