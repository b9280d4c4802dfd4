import {
  NetworkPolicyV1,
  type NetworkPolicyV1Spec,
  type NetworkPolicyV1SpecEgressTo,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import { MANAGED_LABELS } from "./labels";
import type { INamespace } from "./namespace-interface";
import { REASON_ANNOTATION } from "./reason";
import { type PodLabels, portRange, type TrafficPort } from "./traffic";

/** Label that Kubernetes sets on every namespace, and nobody can change. */
const NAMESPACE_LABEL = "kubernetes.io/metadata.name";

/** The other end of a policy: pods of a namespace, or a range. */
export type PolicyPeer = { readonly namespaceName: string; readonly pods?: PodLabels } | { readonly cidrBlock: string };

/** A policy that lets something through in one direction. */
export interface PolicyPlan {
  readonly policyName: string;
  readonly namespace: INamespace;
  readonly direction: "egress" | "ingress";
  /** @default - all pods */
  readonly pods?: PodLabels;
  /** At least one: a policy without a peer lets all in. */
  readonly peers: readonly PolicyPeer[];
  /** @default - all ports */
  readonly ports?: readonly TrafficPort[];
  readonly reason?: string;
}

/** Makes a policy that lets something through. */
export function allowPolicy(scope: Construct, id: string, plan: PolicyPlan): NetworkPolicyV1 {
  const peers = plan.peers.map(peerBlock);
  const ports = plan.ports?.map(portBlock);
  const podSelector = plan.pods ? { matchLabels: { ...plan.pods } } : {};
  const spec: NetworkPolicyV1Spec =
    plan.direction === "egress"
      ? { podSelector, policyTypes: ["Egress"], egress: [{ to: peers, ports }] }
      : { podSelector, policyTypes: ["Ingress"], ingress: [{ from: peers, ports }] };
  return policy(scope, id, plan, spec);
}

/** Makes the policy that closes every pod of a namespace in both directions. */
export function denyPolicy(scope: Construct, id: string, namespace: INamespace): NetworkPolicyV1 {
  const spec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
  return policy(scope, id, { policyName: "default-deny", namespace }, spec);
}

/**
 * Makes the policy that lets every pod resolve names. It selects the DNS pods, though calls go to the address of their Service: the
 * controller of the VPC CNI finds the Service by its pods and adds its address, which the agent on the node compares before it is
 * translated. A range is compared as it is written (aws/amazon-network-policy-controller-k8s#194).
 */
export function dnsPolicy(
  scope: Construct,
  id: string,
  namespace: INamespace,
  dnsAddress: string | undefined,
): NetworkPolicyV1 {
  const pods: PolicyPeer = { namespaceName: "kube-system", pods: { "k8s-app": "kube-dns" } };
  return allowPolicy(scope, id, {
    policyName: "allow-dns",
    namespace,
    direction: "egress",
    peers: dnsAddress === undefined ? [pods] : [pods, { cidrBlock: `${dnsAddress}/32` }],
    ports: [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
  });
}

function policy(
  scope: Construct,
  id: string,
  { policyName, namespace, reason }: Pick<PolicyPlan, "policyName" | "namespace" | "reason">,
  spec: NetworkPolicyV1Spec,
): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, id, {
    metadata: {
      name: policyName,
      namespace: namespace.namespaceRef,
      labels: MANAGED_LABELS,
      annotations: reason === undefined ? undefined : { [REASON_ANNOTATION]: reason },
    },
    spec,
  });
}

function peerBlock(peer: PolicyPeer): NetworkPolicyV1SpecEgressTo {
  if ("cidrBlock" in peer) return { ipBlock: { cidr: peer.cidrBlock } };
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: peer.namespaceName } },
    podSelector: peer.pods && { matchLabels: { ...peer.pods } },
  };
}

function portBlock(each: TrafficPort): { port: string; endPort?: number; protocol: string } {
  const { port, endPort, protocol } = portRange(each);
  return { port: `${port}`, endPort, protocol };
}
