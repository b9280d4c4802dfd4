import type { Faults } from "../core/faults";
import { addressAt, parseIpRange } from "./ip-range";
import { isKnown } from "./known";
import { checkName } from "./namespace-name";

/** What traffic that is named by what it is for (`kubernetes-api`, `load-balancer`) needs to know of the cluster. */
export interface ClusterNetwork {
  /**
   * Where the Kubernetes API answers: the ranges of the control-plane subnets, and the address of its Service as a /32. Both are
   * needed: the agent of the VPC CNI sees a packet before its Service address is translated, other engines see it after.
   *
   * @default - "kubernetes-api" cannot be allowed
   * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/194
   */
  readonly kubernetesApiCidrBlocks?: readonly string[];
  /**
   * Ranges of the subnets that load balancers stand in.
   *
   * @default - none; without `loadBalancerNamespace` too, "load-balancer" cannot be allowed
   */
  readonly loadBalancerCidrBlocks?: readonly string[];
  /**
   * Namespace of an ingress controller whose pods pass requests on, for example `ingress-nginx`: all its pods are "load-balancer" then,
   * beside the ranges. The way out of that namespace is its own to allow.
   *
   * @default - none
   */
  readonly loadBalancerNamespace?: string;
  /**
   * The VPC's own ranges. They are never part of "internet".
   *
   * @default - "vpc-endpoints" cannot be allowed
   */
  readonly vpcCidrBlocks?: readonly string[];
  /**
   * Security group of the nodes; a database's group lets it in.
   *
   * @default - a database with a security group cannot be allowed
   */
  readonly nodeSecurityGroupId?: string;
  /** @default "monitoring" */
  readonly monitoringNamespace?: string;
  /**
   * Address of the DNS Service, for clusters in EKS Auto Mode: DNS runs on the nodes there, and no pod can be selected
   * (aws/containers-roadmap#2552).
   *
   * @default - DNS runs as pods in kube-system
   */
  readonly dnsAddress?: string;
}

/** Adds what is wrong with the facts of a cluster. */
export function checkClusterNetwork(faults: Faults, network: ClusterNetwork, property: (name: string) => string): void {
  for (const name of ["kubernetesApiCidrBlocks", "loadBalancerCidrBlocks", "vpcCidrBlocks"] as const) {
    const cidrBlocks = network[name];
    if (cidrBlocks === undefined) continue;
    faults.check(cidrBlocks.length > 0, property(name), "must list at least one range", cidrBlocks, "or leave it out");
    for (const text of cidrBlocks) checkPrivateRange(faults, property(name), text);
    faults.unique(property(name), cidrBlocks);
  }
  for (const name of ["loadBalancerNamespace", "monitoringNamespace"] as const) {
    const namespaceName = network[name];
    if (namespaceName !== undefined) checkName(faults, property(name), namespaceName);
  }
  const { dnsAddress } = network;
  if (dnsAddress !== undefined && isKnown(faults, property("dnsAddress"), dnsAddress)) {
    const isAddress = parseIpRange(`${dnsAddress}/32`) !== undefined;
    faults.check(isAddress, property("dnsAddress"), "must be an IPv4 address", dnsAddress);
  }
}

/** A VPC has no range larger than /16. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
function checkPrivateRange(faults: Faults, property: string, text: string): void {
  if (!isKnown(faults, property, text)) return;
  const range = parseIpRange(text);
  faults.check(
    range !== undefined && range.prefix >= 16,
    property,
    "must be IPv4 ranges in their shortest form, from /16 to /32",
    text,
    'for example "10.0.0.0/16"',
  );
}

/**
 * The addresses of two Services that every cluster has, by the range of its Services. undefined if that is no range.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
export function serviceAddresses(serviceCidrBlock: string): { kubernetesApi: string; dns: string } | undefined {
  const range = parseIpRange(serviceCidrBlock);
  return range && { kubernetesApi: addressAt(range, 1), dns: addressAt(range, 10) };
}
