import type { TerraformStack } from "cdktf";
import type { ClusterNetwork } from "../../lib/kubernetes/cluster-network";
import { Namespace } from "../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { testCluster } from "./cluster";
import { messageOf } from "./errors";
import { type NetworkPolicy, networkPolicies } from "./network-model";
import { type Synthesized, synthesizeWith, testStack } from "./synth";

/** What is known of a cluster in 10.64.0.0/16. */
export const network: ClusterNetwork = {
  kubernetesApiCidrBlocks: ["10.64.0.0/28", "172.20.0.1/32"],
  loadBalancerCidrBlocks: ["10.64.1.0/24", "10.64.2.0/24"],
  vpcCidrBlocks: ["10.64.0.0/16"],
  nodeSecurityGroupId: "sg-nodes",
};

/** What is said with the namespaces `genomics` and `reports`. */
export type Says = (genomics: Namespace, reports: Namespace, scope: TerraformStack) => void;

/** A namespace under its own name. */
export function testNamespace(
  scope: TerraformStack,
  namespaceName: string,
  facts: ClusterNetwork = network,
): Namespace {
  return new Namespace(scope, namespaceName, { namespaceName, kubernetesVersion: "1.35", network: facts });
}

/** A stack in which something was said. */
export function say(says: Says, facts?: ClusterNetwork): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    says(testNamespace(scope, "genomics", facts), testNamespace(scope, "reports", facts), scope);
  });
}

/** Why something cannot be said. */
export function refusal(says: Says, facts?: ClusterNetwork): string {
  const scope = testStack();
  return messageOf(() => says(testNamespace(scope, "genomics", facts), testNamespace(scope, "reports", facts), scope));
}

/** The policies of a stack besides those that every namespace has, by namespace and name. */
export function opened(stack: Synthesized): Readonly<Record<string, NetworkPolicy["spec"]>> {
  const made = networkPolicies(stack).filter(({ metadata }) => !["default-deny", "allow-dns"].includes(metadata.name));
  return Object.fromEntries(made.map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec]));
}
