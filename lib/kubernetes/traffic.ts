/**
 * One thing that a namespace lets through, as a sentence: `{ to: reports, ports: [8080] }`. A namespace is a construct in code and
 * `{ namespace: "reports" }` in a record.
 *
 * One sentence for each peer: the same one twice is refused, its ports belong in one list.
 */
export type Traffic<Peer extends object> =
  | (ToOrFrom<Peer> & NamespacePods & Ports)
  | (ToOrFrom<Ranges> & OwnPods & Ports & { readonly reason?: string })
  | (To<"internet"> & OwnPods & Partial<Ports>)
  | (To<ClusterService> & OwnPods)
  | (To<DatabasePeer> & OwnPods)
  | (From<ClusterSource> & OwnPods & Ports)
  | Within;

interface To<Peer> {
  readonly to: Peer;
  readonly from?: undefined;
  readonly within?: undefined;
}

interface From<Peer> {
  readonly from: Peer;
  readonly to?: undefined;
  readonly within?: undefined;
}

type ToOrFrom<Peer> = To<Peer> | From<Peer>;

/** Between pods of the namespace: those of `pods` call those of `peerPods`. */
interface Within extends NamespacePods {
  readonly within: "namespace";
  readonly to?: undefined;
  readonly from?: undefined;
  /** @default - all ports */
  readonly ports?: readonly TrafficPort[];
}

/** Pods by labels that they all must have. */
export type PodLabels = Readonly<Record<string, string>>;

interface OwnPods {
  /** @default - all pods of the namespace */
  readonly pods?: PodLabels;
}

interface NamespacePods extends OwnPods {
  /**
   * Pods at the other end. For calls through a Service, take labels that stand in the Service's selector: the controller of the VPC CNI
   * finds its address by them.
   *
   * @default - all pods there
   * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/194
   */
  readonly peerPods?: PodLabels;
}

interface Ports {
  /** Ports of the pods that answer. A Service in between must have the same port, or the VPC CNI does not let its address through. */
  readonly ports: readonly TrafficPort[];
}

/** A port, TCP unless it says otherwise. */
export type TrafficPort = number | PortRange;

/** Ports from one number to another, both included. */
export interface PortRange {
  /** 1-65535. */
  readonly port: number;
  /**
   * The last port of a range.
   *
   * @default - the one port
   */
  readonly endPort?: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** Addresses outside the cluster. A range from /8 to /15 needs a `reason`; a larger one is "internet", or nothing. */
export interface Ranges {
  /** IPv4. */
  readonly cidrBlocks: readonly string[];
}

/**
 * - `kubernetes-api`: port 443 of the API server, for pods that talk to it.
 * - `pod-identity-agent`: port 80 of the agent on the node, for pods that have a role in AWS.
 * - `vpc-endpoints`: port 443 anywhere in the VPC, for AWS services that have an interface endpoint there. Gateway endpoints (S3,
 *   DynamoDB) answer under public addresses: allow "internet" for them.
 */
export type ClusterService = "kubernetes-api" | "pod-identity-agent" | "vpc-endpoints";

/**
 * - `load-balancer`: the subnets that load balancers stand in, the namespace of an ingress controller, or both.
 * - `monitoring`: the monitoring namespace.
 *
 * Opened at this end only: the way out of such a namespace is its own to allow.
 */
export type ClusterSource = "load-balancer" | "monitoring";

/** A database as an end of traffic. */
export interface DatabasePeer {
  readonly database: Database;
}

/** A database outside the cluster. */
export interface Database extends Ranges {
  /** 1-65535, TCP. */
  readonly port: number;
  /**
   * Its security group. The nodes' group is let in on the port, so that both ends are open.
   *
   * @default - its group is looked after elsewhere
   */
  readonly securityGroupId?: string;
}

/** Which peer a sentence is about. */
export type PeerKind = "namespace" | "ranges" | "database" | "within" | "internet" | ClusterService | ClusterSource;

export const DESTINATIONS = ["internet", "kubernetes-api", "pod-identity-agent", "vpc-endpoints"] as const;
export const SOURCES = ["load-balancer", "monitoring"] as const;

/** A sentence, taken apart. */
export interface TrafficParts<Peer> {
  readonly direction: "to" | "from" | "within";
  readonly kind: PeerKind;
  readonly namespace?: Peer;
  readonly cidrBlocks?: readonly string[];
  readonly database?: Database;
  readonly ports?: readonly TrafficPort[];
  readonly pods?: PodLabels;
  readonly peerPods?: PodLabels;
  readonly reason?: string;
}

/** A port with all that it leaves out. */
export function portRange(port: TrafficPort): { port: number; endPort?: number; protocol: "TCP" | "UDP" } {
  return typeof port === "number" ? { port, protocol: "TCP" } : { ...port, protocol: port.protocol ?? "TCP" };
}

/** Takes a sentence apart. */
export function trafficParts<Peer extends object>(traffic: Traffic<Peer>): TrafficParts<Peer> {
  const { ports, pods, peerPods, reason }: Pick<TrafficParts<Peer>, "ports" | "pods" | "peerPods" | "reason"> = traffic;
  const common = { ports, pods, peerPods, reason };
  const peer = traffic.to ?? traffic.from;
  if (peer === undefined) return { ...common, direction: "within", kind: "within" };
  const direction = traffic.to === undefined ? "from" : "to";
  if (typeof peer === "string") return { ...common, direction, kind: peer };
  if ("cidrBlocks" in peer) return { ...common, direction, kind: "ranges", cidrBlocks: peer.cidrBlocks };
  if (!("database" in peer)) return { ...common, direction, kind: "namespace", namespace: peer };
  const { database } = peer;
  return { ...common, direction, kind: "database", database, cidrBlocks: database.cidrBlocks, ports: [database.port] };
}
