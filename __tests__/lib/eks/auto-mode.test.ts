import { type AutoModeOptions } from "../../../lib/eks/auto-mode";
import { Cluster } from "../../../lib/eks/cluster";
import { clusterProps, vpcWithEgress } from "../../support/cluster";
import { parsed, type Synthesized, synthesizeWith } from "../../support/synth";

function synthesized(autoMode?: AutoModeOptions): Synthesized {
  return synthesizeWith((scope) => {
    new Cluster(scope, "Cluster", clusterProps(scope, { autoMode }));
  });
}

function policiesOf(stack: Synthesized, role: string): string[] {
  return Object.values(stack.resources("aws_iam_role_policy_attachment"))
    .filter((attachment) => String(attachment.role).includes(role))
    .map((attachment) => String(attachment.policy_arn))
    .sort();
}

test("minimal: without node pools the three switches are on and nodes get no role", () => {
  const stack = synthesized({ nodePools: [] });
  expect(stack.only("aws_eks_cluster")).toMatchObject({
    compute_config: { enabled: true, node_pools: [] },
    storage_config: { block_storage: { enabled: true } },
    kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
  });
  expect(stack.only("aws_eks_cluster").compute_config).not.toHaveProperty("node_role_arn");
  expect(stack.census).toMatchObject({ aws_iam_role: 1 });
});

test("maximal: with node pools the nodes get a role of their own", () => {
  const stack = synthesized({ nodePools: ["general-purpose", "system"] });
  expect(stack.only("aws_eks_cluster").compute_config).toEqual({
    enabled: true,
    node_pools: ["general-purpose", "system"],
    node_role_arn: expect.stringContaining("aws_iam_role.Cluster_AutoMode_NodeRole"),
  });
  expect(policiesOf(stack, "Cluster_AutoMode_NodeRole")).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
  ]);
  expect(stack.census).toEqual({
    aws_eks_cluster: 1, // the control plane
    aws_cloudwatch_log_group: 1, // its logs
    aws_iam_role: 2, // the control plane and the nodes
    aws_iam_role_policy: 1, // the control plane uses the secrets key
    aws_iam_role_policy_attachment: 7, // five for the control plane, two for the nodes
  });
});

test("the control plane's role may tag its sessions and carries the five policies of Auto Mode", () => {
  const stack = synthesized({ nodePools: [] });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  });
  expect(policiesOf(stack, "Cluster_Role")).toEqual([
    "arn:aws:iam::aws:policy/AmazonEKSBlockStoragePolicy",
    "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    "arn:aws:iam::aws:policy/AmazonEKSComputePolicy",
    "arn:aws:iam::aws:policy/AmazonEKSLoadBalancingPolicy",
    "arn:aws:iam::aws:policy/AmazonEKSNetworkingPolicy",
  ]);
});

test("a cluster without Auto Mode has none of it", () => {
  const [off, on] = [synthesized().only("aws_eks_cluster"), synthesized({ nodePools: [] }).only("aws_eks_cluster")];
  for (const block of ["compute_config", "storage_config"]) {
    expect(on).toHaveProperty(block);
    expect(off).not.toHaveProperty(block);
  }
  expect(on.kubernetes_network_config).toHaveProperty("elastic_load_balancing");
  expect(off.kubernetes_network_config).not.toHaveProperty("elastic_load_balancing");
});

test("a cluster that starts nodes by itself waits for their way out", () => {
  const dependsOn = (autoMode?: AutoModeOptions) =>
    synthesizeWith((scope) => {
      const vpc = vpcWithEgress(scope);
      new Cluster(scope, "Cluster", clusterProps(scope, { vpc, autoMode }));
    }).only("aws_eks_cluster").depends_on;
  const route = expect.stringMatching(/^aws_route\.Vpc_Routing_nat-eu-west-3a_/);
  expect(dependsOn({ nodePools: ["system"] })).toContainEqual(route);
  expect(dependsOn()).not.toContainEqual(route);
});
