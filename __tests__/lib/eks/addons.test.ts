import type { TerraformStack } from "cdktf";
import { Addons, type AddonsProps } from "../../../lib/eks/addons";
import { KNOWN_ADDONS } from "../../../lib/eks/known-addons";
import { MANAGED_POLICIES } from "../../../lib/iam/managed-policies";
import { testCluster } from "../../support/cluster";
import { type Body, parsed, type Synthesized, synthesizeWith } from "../../support/synth";

const versions = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "kube-proxy": "v1.35.3-eksbuild.29",
  coredns: "v1.13.2-eksbuild.31",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
  "amazon-cloudwatch-observability": "v4.1.0-eksbuild.1",
};

function addons(scope: TerraformStack, order: AddonsProps["order"], after?: AddonsProps["after"]): Addons {
  return new Addons(scope, order, { cluster: testCluster(scope, `Cluster-${order}`), versions, order, after });
}

function synthesized(order: AddonsProps["order"]): Synthesized {
  return synthesizeWith((scope) => {
    addons(scope, order);
  });
}

function named(stack: Synthesized, name: string): Body {
  const found = Object.values(stack.resources("aws_eks_addon")).find(({ addon_name }) => addon_name === name);
  if (!found) throw new Error(`no add-on ${name}`);
  return found;
}

function namesOf(stack: Synthesized): unknown[] {
  return Object.values(stack.resources("aws_eks_addon"))
    .map(({ addon_name }) => addon_name)
    .sort();
}

test("minimal: without versions there are no add-ons", () => {
  const stack = synthesizeWith((scope) => {
    const none = new Addons(scope, "None", { cluster: testCluster(scope), versions: {}, order: "before-nodes" });
    expect(none.dependables).toEqual([]);
  });
  expect(stack.census).toEqual({});
});

test("before the nodes: what every node needs, the CNI with an identity of its own", () => {
  const stack = synthesized("before-nodes");
  expect(namesOf(stack)).toEqual(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
  expect(stack.census).toEqual({
    aws_eks_addon: 3, // network, service routing, identities
    aws_eks_pod_identity_association: 1, // aws-node of the CNI calls EC2
    aws_iam_role: 1, // as which it does
    aws_iam_role_policy_attachment: 1, // AmazonEKS_CNI_Policy, off the nodes' role
  });
});

test("after the nodes: what needs a node to become healthy, and whatever the library does not know", () => {
  const stack = synthesized("after-nodes");
  expect(namesOf(stack)).toEqual(["amazon-cloudwatch-observability", "aws-ebs-csi-driver", "coredns"]);
  expect(stack.census).toEqual({
    aws_eks_addon: 3, // DNS, volumes, and one that is not known here
    aws_eks_pod_identity_association: 1, // the EBS controller calls EC2
    aws_iam_role: 1, // as which it does
    aws_iam_role_policy_attachment: 1, // AmazonEBSCSIDriverPolicy
  });
});

test("every add-on is in exactly one of the two groups, at the version that was asked for", () => {
  const all = synthesizeWith((scope) => {
    addons(scope, "before-nodes");
    addons(scope, "after-nodes");
  }).resources("aws_eks_addon");
  const made = Object.values(all).map(({ addon_name, addon_version }) => [addon_name, addon_version]);
  expect(made).toHaveLength(Object.keys(versions).length);
  expect(Object.fromEntries(made)).toEqual(versions);
});

test("the CNI enforces network policies and takes addresses by prefix; other add-ons keep their own settings", () => {
  const stack = synthesized("before-nodes");
  expect(parsed(named(stack, "vpc-cni"), "configuration_values")).toEqual({
    enableNetworkPolicy: "true",
    env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
  });
  expect(named(stack, "kube-proxy")).not.toHaveProperty("configuration_values");
});

test.each([
  ["before-nodes", "vpc-cni", "aws-node", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
  [
    "after-nodes",
    "aws-ebs-csi-driver",
    "ebs-csi-controller-sa",
    "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
  ],
] as const)("%s: %s calls AWS as a Pod Identity role, and waits for it", (order, name, serviceAccount, policyArn) => {
  const stack = synthesized(order);
  expect(stack.only("aws_eks_pod_identity_association")).toMatchObject({
    cluster_name: "test",
    namespace: "kube-system",
    service_account: serviceAccount,
  });
  expect(stack.only("aws_iam_role_policy_attachment")).toMatchObject({ policy_arn: policyArn });
  expect(named(stack, name).depends_on).toEqual([
    expect.stringMatching(/^aws_eks_pod_identity_association\./),
    expect.stringMatching(/^aws_iam_role_policy_attachment\./),
  ]);
});

test("the second group waits for what it is given, the first for nothing but identities", () => {
  const stack = synthesizeWith((scope) => {
    addons(scope, "after-nodes", addons(scope, "before-nodes").dependables);
  });
  expect(named(stack, "coredns").depends_on).toEqual([
    expect.stringMatching(/^aws_eks_addon\.before-nodes_vpc-cni_/),
    expect.stringMatching(/^aws_eks_addon\.before-nodes_kube-proxy_/),
    expect.stringMatching(/^aws_eks_addon\.before-nodes_eks-pod-identity-agent_/),
  ]);
  expect(named(stack, "kube-proxy").depends_on).toEqual([]);
});

test("every known add-on that calls AWS does so by a managed policy that the library allows", () => {
  const purposes = Object.values(KNOWN_ADDONS).flatMap(({ identity }) => (identity ? [identity.purpose] : []));
  expect(purposes).toEqual(["vpcCni", "ebsCsi"]);
  for (const purpose of purposes) expect(MANAGED_POLICIES[purpose]).toHaveLength(1);
});
