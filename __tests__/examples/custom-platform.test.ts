import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExistingNetwork } from "../../examples/custom-platform/existing-network";
import { ResearchPlatform } from "../../examples/custom-platform/research-platform";
import type { VpcAttributes } from "../../lib/vpc/imported-vpc";
import { synthesize, testApp } from "../support/synth";

const FOLDER = "examples/custom-platform";
const network = JSON.parse(readFileSync(join(FOLDER, "network.json"), "utf8")) as VpcAttributes;
const platform = synthesize(new ResearchPlatform(testApp(), "research", { network }));
const existing = synthesize(new ExistingNetwork(testApp(), "network"));

test("a cluster in a VPC that is there, and nothing of a VPC", () => {
  expect(platform.census).toEqual({
    aws_cloudwatch_log_group: 1,
    aws_eks_access_entry: 2,
    aws_eks_access_policy_association: 1,
    aws_eks_addon: 5,
    aws_eks_cluster: 1,
    aws_eks_node_group: 1,
    aws_eks_pod_identity_association: 2,
    aws_iam_role: 4,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachment: 5,
    aws_kms_alias: 2,
    aws_kms_key: 2,
    aws_launch_template: 1,
    aws_vpc_security_group_ingress_rule: 1,
    helm_release: 1,
    kubernetes_default_service_account_v1: 1,
    kubernetes_limit_range_v1: 1,
    kubernetes_namespace_v1: 1,
    kubernetes_network_policy_v1: 4,
    kubernetes_resource_quota_v1: 1,
    kubernetes_role_binding_v1: 1,
    kubernetes_role_v1: 1,
    kubernetes_storage_class_v1: 1,
    terraform_data: 2, // the readiness gate, and what replaces the storage class
  });
});

test("cluster and nodes stand in the subnets that were named", () => {
  const subnetIds = ["subnet-0a10000000000002a", "subnet-0a10000000000002b"];
  expect(platform.only("aws_eks_cluster").vpc_config).toMatchObject({ subnet_ids: subnetIds });
  expect(platform.only("aws_eks_node_group").subnet_ids).toEqual(subnetIds);
});

test("resources have the platform's own tags, and none that it did not ask for", () => {
  const tags = { Team: "research-it", "cost-centre": "4711" };
  expect(platform.only("aws_eks_cluster").tags).toEqual(tags);
  expect(Object.values(platform.resources("aws_kms_key")).map((key) => key.tags)).toEqual([tags, tags]);
  const entries = Object.values(platform.resources("aws_eks_access_entry"));
  expect(entries.map((entry) => entry.tags)).toEqual([{ ...tags, Team: "biology" }, tags]);
});

test("load balancers are those of the public subnets, by the ranges that were named", () => {
  const policies = Object.values(platform.resources("kubernetes_network_policy_v1"));
  const ranges = JSON.stringify(policies).match(/"cidr":"[^"]+"/g);
  expect(new Set(ranges)).toEqual(new Set(['"cidr":"10.40.0.0/24"', '"cidr":"10.40.1.0/24"', '"cidr":"10.40.0.0/16"']));
});

test("everything in the cluster waits for the gate", () => {
  const inCluster = platform.addresses.filter((address) => /^(kubernetes|helm)_/.test(address));
  const waiting = inCluster.filter((address) => {
    const [type = "", id = ""] = address.split(".");
    return JSON.stringify(platform.resources(type)[id]?.depends_on).includes("terraform_data.Ready");
  });
  expect(inCluster).toHaveLength(12);
  expect(waiting).toEqual(inCluster);
});

test("without the in-cluster part only AWS is left", () => {
  const aws = synthesize(new ResearchPlatform(testApp(), "research", { network, inCluster: false }));
  expect(aws.addresses.filter((address) => !address.startsWith("aws_"))).toEqual([]);
  expect(Object.keys(aws.json.provider as object)).toEqual(["aws"]);
});

test("network.json is what the network's output has, but for the ids", () => {
  const { network: output } = existing.json.output as { readonly network: { readonly value: VpcAttributes } };
  const ranges = Object.values(existing.resources("aws_subnet")).map(({ cidr_block }) => cidr_block);
  expect(output.value.cidrBlocks).toEqual(network.cidrBlocks);
  expect(output.value.subnets.map(({ tier }) => tier)).toEqual(network.subnets.map(({ tier }) => tier));
  expect(new Set(ranges)).toEqual(new Set(network.subnets.map(({ cidrBlock }) => cidrBlock)));
});

test("it is made of parts of the library alone: no stack and no record of this repository", () => {
  const graph = moduleGraph(join(FOLDER, "main.ts"));
  expect(graph).toContain("lib/eks/cluster.ts");
  expect(graph).toContain("lib/helm/helm-release.ts");
  expect(graph.filter((file) => /^(stacks|lib\/environment)\//.test(file))).toEqual([]);
});

/** Every file of the project that a file imports, types too, over all steps. */
function moduleGraph(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [...seen];
  seen.add(file);
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import|require\()\s*"(\.[^"]*)"/g)) {
    const target = join(dirname(file), name);
    const source = [`${target}.ts`, join(target, "index.ts")].find((each) => existsSync(each));
    if (source) moduleGraph(source, seen);
  }
  return [...seen];
}
