import { createHash } from "node:crypto";
import { physicalName } from "../core/names";
import type { ClusterNetwork } from "./cluster-network";
import { allBut, type IpRange, parseIpRange } from "./ip-range";
import type { INamespace } from "./namespace-interface";
import type { PolicyPeer, PolicyPlan } from "./network-policies";
import type { PeerKind, PodLabels, TrafficParts, TrafficPort } from "./traffic";

/** What a sentence of traffic comes to. */
export interface TrafficPlan {
  /** Says who talks to whom: the same sentence has the same id, whichever end says it. */
  readonly id: string;
  /** The namespace that the policies stand under. */
  readonly home: INamespace;
  readonly policies: readonly PolicyPlan[];
}

const NAME_MAX_LENGTH = 63;
const HASH_LENGTH = 8;
const HTTPS = 443;

/** Peers that answer on one port. */
const FIXED_PORTS: Partial<Record<PeerKind, number>> = {
  "kubernetes-api": HTTPS,
  "pod-identity-agent": 80,
  "vpc-endpoints": HTTPS,
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY_AGENT = ["169.254.170.23/32", "fd00:ec2::23/128"];

/**
 * Ranges that are no part of the internet. VPCs and Services have addresses in most of them.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const NOT_INTERNET = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
];

/** Plans the policies of a sentence that `own` says. */
export function planTraffic(own: INamespace, parts: TrafficParts<INamespace>, network: ClusterNetwork): TrafficPlan {
  if (parts.namespace) return betweenNamespaces(own, parts.namespace, parts);
  if (parts.kind === "within") return withinNamespace(own, parts);
  const { direction, kind, pods, reason } = parts;
  const cidrBlocks = [...(parts.cidrBlocks ?? [])].sort();
  const port = parts.database?.port;
  const hints = [...cidrBlocks.slice(0, 1), ...(port ? [`${port}`] : []), ...labelValues(pods)];
  const id = sentenceName([direction, kind], hints, [cidrBlocks, port, sorted(pods)]);
  const policy: PolicyPlan = {
    policyName: id,
    namespace: own,
    direction: direction === "to" ? "egress" : "ingress",
    pods,
    peers: peersOf(kind, cidrBlocks, network),
    ports: portsOf(kind, parts.ports),
    reason,
  };
  return { id, home: own, policies: [policy] };
}

/** Both ends, each in its own namespace. Only a namespace that denies by default gets a policy. */
function betweenNamespaces(own: INamespace, peer: INamespace, parts: TrafficParts<INamespace>): TrafficPlan {
  const outwards = parts.direction === "to";
  const from = outwards ? { namespace: own, pods: parts.pods } : { namespace: peer, pods: parts.peerPods };
  const to = outwards ? { namespace: peer, pods: parts.peerPods } : { namespace: own, pods: parts.pods };
  const detail = [sorted(from.pods), sorted(to.pods)];
  const labels = [...labelValues(from.pods), ...labelValues(to.pods)];
  const egress = sentenceName(["to", "namespace", to.namespace.namespaceName], labels, detail);
  const ingress = sentenceName(["from", "namespace", from.namespace.namespaceName], labels, detail);
  const policies: PolicyPlan[] = [
    { policyName: egress, direction: "egress", ...from, peers: [peerPods(to)], ports: parts.ports },
    { policyName: ingress, direction: "ingress", ...to, peers: [peerPods(from)], ports: parts.ports },
  ];
  return {
    id: from.namespace.deniesByDefault ? egress : ingress,
    home: from.namespace.deniesByDefault ? from.namespace : to.namespace,
    policies: policies.filter(({ namespace }) => namespace.deniesByDefault),
  };
}

function withinNamespace(own: INamespace, { pods, peerPods: called, ports }: TrafficParts<INamespace>): TrafficPlan {
  const from = { namespace: own, pods };
  const to = { namespace: own, pods: called };
  const labels = [...labelValues(pods), ...labelValues(called)];
  const id = sentenceName(["within", "namespace"], labels, [sorted(pods), sorted(called)]);
  return {
    id,
    home: own,
    policies: [
      {
        policyName: physicalName([id, "egress"], NAME_MAX_LENGTH),
        direction: "egress",
        ...from,
        peers: [peerPods(to)],
        ports,
      },
      {
        policyName: physicalName([id, "ingress"], NAME_MAX_LENGTH),
        direction: "ingress",
        ...to,
        peers: [peerPods(from)],
        ports,
      },
    ],
  };
}

function peerPods({ namespace, pods }: { namespace: INamespace; pods?: PodLabels }): PolicyPeer {
  return { namespaceName: namespace.namespaceName, pods };
}

function peersOf(kind: PeerKind, cidrBlocks: readonly string[], network: ClusterNetwork): PolicyPeer[] {
  if (kind === "monitoring") return [{ namespaceName: network.monitoringNamespace ?? "monitoring" }];
  if (kind === "load-balancer") return loadBalancers(network);
  if (kind === "internet") return internetRanges(network).map((cidrBlock) => ({ cidrBlock }));
  const ranges: Partial<Record<PeerKind, readonly string[]>> = {
    "kubernetes-api": network.kubernetesApiCidrBlocks,
    "pod-identity-agent": POD_IDENTITY_AGENT,
    "vpc-endpoints": network.vpcCidrBlocks,
  };
  return (ranges[kind] ?? cidrBlocks).map((cidrBlock) => ({ cidrBlock }));
}

function loadBalancers({ loadBalancerCidrBlocks = [], loadBalancerNamespace }: ClusterNetwork): PolicyPeer[] {
  const ranges = loadBalancerCidrBlocks.map((cidrBlock) => ({ cidrBlock }));
  return loadBalancerNamespace === undefined ? ranges : [...ranges, { namespaceName: loadBalancerNamespace }];
}

/**
 * Everything but what is private, as a list. `0.0.0.0/0` with exceptions says the same, but the agent of the VPC CNI opens an exception
 * again as soon as another policy names a range in it (aws/aws-network-policy-agent#344).
 */
export function internetRanges({ vpcCidrBlocks = [] }: ClusterNetwork): string[] {
  return allBut([...NOT_INTERNET, ...vpcCidrBlocks].map(parseIpRange).filter((range): range is IpRange => !!range));
}

function portsOf(kind: PeerKind, ports: readonly TrafficPort[] | undefined): readonly TrafficPort[] {
  const fixed = FIXED_PORTS[kind];
  return fixed ? [fixed] : (ports ?? [HTTPS]);
}

/** A name that can be read. Where it says more than who talks to whom, it ends in a hash: words alone could mean two things. */
function sentenceName(words: readonly string[], hints: readonly string[], detail: readonly unknown[]): string {
  if (hints.length === 0) return physicalName(words, NAME_MAX_LENGTH);
  const hash = createHash("sha256").update(JSON.stringify(detail)).digest("hex").slice(0, HASH_LENGTH);
  const readable = hints.map((hint) => hint.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  return physicalName([...words, ...readable, hash], NAME_MAX_LENGTH);
}

function sorted(pods: PodLabels = {}): [string, string][] {
  return Object.entries(pods).sort(([one], [other]) => (one < other ? -1 : 1));
}

function labelValues(pods: PodLabels | undefined): string[] {
  return sorted(pods).map(([key, value]) => value || key);
}
