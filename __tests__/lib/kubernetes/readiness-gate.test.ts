import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { TerraformStack } from "cdktf";
import { AccessEntry } from "../../../lib/eks/access-entry";
import { Addons } from "../../../lib/eks/addons";
import { Cluster } from "../../../lib/eks/cluster";
import { NodeGroup } from "../../../lib/eks/node-group";
import { PodIdentity } from "../../../lib/eks/pod-identity";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { AutoModeNetworkPolicy } from "../../../lib/kubernetes/auto-mode-network-policy";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { ReadinessGate } from "../../../lib/kubernetes/readiness-gate";
import { clusterProps, testCluster, testKey, vpcWithEgress, ZONES } from "../../support/cluster";
import { type Body, type Synthesized, synthesizeWith } from "../../support/synth";

/** A whole environment; what comes after the gate in the code is made after it, so that order cannot help. */
function whole(scope: TerraformStack): void {
  const vpc = vpcWithEgress(scope);
  const endpointAccess = [{ via: "route" as const, cidrBlocks: ["10.255.0.0/24"] }];
  const cluster = new Cluster(scope, "Cluster", clusterProps(scope, { vpc, endpointAccess }));
  new ClusterProviders(scope, "Providers", { cluster });
  const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
  new ReadinessGate(scope, "Ready", { cluster });
  new AutoModeNetworkPolicy(scope, "NetworkPolicy");
  const chart = { path: "charts/platform-info" };
  new HelmRelease(scope, "Release", { releaseName: "info", namespace, chart });
  const versions = { "vpc-cni": "v1.22.4-eksbuild.3", coredns: "v1.13.2-eksbuild.31" };
  const first = new Addons(scope, "First", { cluster, versions, order: "before-nodes" });
  const nodes = new NodeGroup(scope, "Nodes", {
    cluster,
    vpc,
    nodeGroupName: "genomics",
    availabilityZones: ZONES,
    instanceTypes: ["m5.large"],
    scaling: { min: 1, desired: 1, max: 1 },
    releaseVersion: "1.35.8-20260930",
    volumeEncryptionKey: testKey(scope, "VolumeKey"),
    after: first.dependables,
  });
  new Addons(scope, "Second", { cluster, versions, order: "after-nodes", after: [nodes.resource] });
  new PodIdentity(scope, "Api", { cluster, namespace: "platform", serviceAccount: "api" });
  const policies = [{ policy: "AmazonEKSClusterAdminPolicy" as const }];
  new AccessEntry(scope, "Admin", { cluster, principalArn: "arn:aws:iam::111122223333:role/EKSAdmin", policies });
}

function dependsOn(body: Body): readonly string[] {
  return (body.depends_on ?? []) as readonly string[];
}

function addressesOf(stack: Synthesized, types: readonly string[]): string[] {
  return stack.addresses.filter((address) => types.includes(address.split(".")[0] ?? ""));
}

test("minimal: replaced with the cluster only, waits five minutes at most for a login as the caller", () => {
  const stack = synthesizeWith((scope) => {
    new ReadinessGate(scope, "Ready", { cluster: testCluster(scope) });
  });
  expect(stack.only("terraform_data")).toMatchObject({
    triggers_replace: { cluster: "arn:aws:eks:eu-west-3:111122223333:cluster/test" },
    depends_on: [],
    provisioner: [
      {
        "local-exec": {
          interpreter: ["/bin/sh", "-c"],
          environment: {
            ENDPOINT: "https://test.eks.example",
            CERTIFICATE_AUTHORITY: "Y2E=",
            TOKEN_ARGUMENTS: "eks get-token --output json --cluster-name test --region eu-west-3",
            TIMEOUT_SECONDS: "300",
          },
        },
      },
    ],
  });
  expect(stack.census).toEqual({
    terraform_data: 1, // an address to depend on, and a place for the wait
  });
});

test("maximal: as a role, with another limit", () => {
  const stack = synthesizeWith((scope) => {
    const roleArn = "arn:aws:iam::111122223333:role/platform-deploy";
    new ReadinessGate(scope, "Ready", { cluster: testCluster(scope), roleArn, timeoutSeconds: 60 });
  });
  expect(stack.only("terraform_data")).toMatchObject({
    provisioner: [
      {
        "local-exec": {
          environment: {
            TOKEN_ARGUMENTS:
              "eks get-token --output json --cluster-name test --region eu-west-3 --role-arn arn:aws:iam::111122223333:role/platform-deploy",
            TIMEOUT_SECONDS: "60",
          },
        },
      },
    ],
  });
});

test("the gate waits for every node group, add-on, entry, association, route and rule of the stack, wherever they are made", () => {
  const stack = synthesizeWith(whole);
  const before = {
    aws_eks_access_entry: 1, // the administrators
    aws_eks_access_policy_association: 1, // what makes them administrators
    aws_eks_addon: 2, // the CNI and DNS
    aws_eks_node_group: 1, // without nodes nothing is scheduled
    aws_eks_pod_identity_association: 2, // the CNI's and the application's
    aws_route: 3, // the internet gateway's, and one to NAT in each zone
    aws_vpc_endpoint_route_table_association: 4, // S3 and DynamoDB in each zone
    aws_vpc_security_group_ingress_rule: 1, // the way in to the private endpoint
  };
  expect(stack.census).toMatchObject(before);
  expect([...dependsOn(stack.only("terraform_data"))].sort()).toEqual(addressesOf(stack, Object.keys(before)));
});

test("every Kubernetes resource and Helm release waits for the gate, even one that is made before it, and no AWS resource does", () => {
  const stack = synthesizeWith(whole);
  const [gate] = addressesOf(stack, ["terraform_data"]);
  const waiting = stack.addresses.filter((address) => {
    const [type = "", id = ""] = address.split(".");
    return dependsOn(stack.resources(type)[id] ?? {}).includes(gate ?? "");
  });
  expect(waiting).toEqual(stack.addresses.filter((address) => /^(kubernetes|helm)_/.test(address)));
  expect(waiting).toEqual([
    expect.stringMatching(/^helm_release\.Release_/),
    expect.stringMatching(/^kubernetes_config_map_v1\.NetworkPolicy_/),
    expect.stringMatching(/^kubernetes_default_service_account_v1\.Namespace_/),
    expect.stringMatching(/^kubernetes_limit_range_v1\.Namespace_/),
    expect.stringMatching(/^kubernetes_namespace_v1\.Namespace_/),
    expect.stringMatching(/^kubernetes_network_policy_v1\.Namespace_DefaultDeny_/),
    expect.stringMatching(/^kubernetes_network_policy_v1\.Namespace_Dns_/),
    expect.stringMatching(/^kubernetes_resource_quota_v1\.Namespace_/),
  ]);
  expect(stack.addresses.filter((address) => address.startsWith("aws_")).length).toBeGreaterThan(40);
});

test("what a Kubernetes resource depends on already stays", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    new ClusterProviders(scope, "Providers", { cluster });
    new ReadinessGate(scope, "Ready", { cluster });
    const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
    new ConfigMapV1(scope, "Config", { metadata: { name: "config" }, dependsOn: [namespace.resource] });
  });
  expect(stack.only("kubernetes_config_map_v1").depends_on).toEqual([
    expect.stringMatching(/^kubernetes_namespace_v1\.Namespace_/),
    expect.stringMatching(/^terraform_data\.Ready_/),
  ]);
});
