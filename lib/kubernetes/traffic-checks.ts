import { Construct } from "constructs";
import type { Faults } from "../core/faults";
import type { ClusterNetwork } from "./cluster-network";
import { type IpRange, overlap, parseIpRange } from "./ip-range";
import { isKnown } from "./known";
import { checkLabels } from "./labels";
import { checkReason } from "./reason";
import {
  DESTINATIONS,
  type PeerKind,
  type PodLabels,
  type PortRange,
  portRange,
  SOURCES,
  type Traffic,
  type TrafficParts,
  type TrafficPort,
  trafficParts,
} from "./traffic";

type Property = (name: string) => string;

/** How a namespace is named as a peer: by itself in code, by `{ namespace: "reports" }` in a record. */
export type PeerForm = "construct" | "record";

const PROPERTIES = ["to", "from", "within", "ports", "pods", "peerPods", "reason"];
const LARGEST_PREFIX = 8;
/** Addresses of all ranges of a sentence together: as many as the largest range has. */
const MOST_ADDRESSES = 2 ** (32 - LARGEST_PREFIX);
const LARGEST_PREFIX_WITHOUT_REASON = 16;
const MEANT = 'list the ranges that are meant, or allow "internet"';
const PORT_MAX = 65535;
/** Peers whose ports are not known by what they are. */
const WITHOUT_DEFAULT: readonly PeerKind[] = ["namespace", "ranges", "load-balancer", "monitoring"];
/** Instance metadata: the node's credentials. */
const LINK_LOCAL = { prefix: 16, first: 0xa9fe0000, last: 0xa9feffff } satisfies IpRange;

/**
 * Adds what is wrong with a sentence of traffic, as far as it can be told without the cluster. Types are checked too: a policy without
 * peers, ports or labels is open to all, and that is what a slip of JavaScript would come to.
 */
export function checkTraffic<Peer extends object>(
  faults: Faults,
  traffic: Traffic<Peer>,
  property: Property,
  form: PeerForm = "record",
): void {
  if (!isObject(traffic)) {
    const fix = 'for example { to: "internet" }';
    faults.add(property("to"), "must stand in an object: one of to, from and within", traffic ?? null, fix);
    return;
  }
  for (const name of Object.keys(traffic).filter((each) => !PROPERTIES.includes(each)))
    faults.add(property(name), "must not be set: traffic has no such property");
  const ends = (["to", "from", "within"] as const).filter((name) => traffic[name] !== undefined);
  const [end] = ends;
  if (end === undefined || ends.length !== 1) {
    faults.add(property("to"), "must stand alone: one of to, from and within", ends);
    return;
  }
  if (!checkForm(faults, end, traffic[end], property(end), form)) return;
  const parts = trafficParts(traffic);
  checkPeer(faults, parts, property);
  checkPorts(faults, parts, property);
  const selects = parts.kind === "within" || parts.namespace !== undefined;
  const rule = "must not be set: only pods of a namespace can be selected";
  faults.check(selects || parts.peerPods === undefined, property("peerPods"), rule);
  for (const name of ["pods", "peerPods"] as const) checkPods(faults, parts[name], property(name));
}

/** Whether a peer can be taken apart; adds a fault if not. */
function checkForm(faults: Faults, end: string, peer: unknown, property: string, form: PeerForm): boolean {
  if (end === "within") {
    faults.check(peer === "namespace", property, 'must be "namespace"', peer);
    return peer === "namespace";
  }
  if (typeof peer === "string") return isKnown(faults, property, peer);
  if (isObject(peer)) {
    if ("cidrBlocks" in peer) return checkRangeList(faults, `${property}.cidrBlocks`, peer.cidrBlocks);
    if ("database" in peer && end === "to" && isObject(peer.database))
      return checkRangeList(faults, `${property}.database.cidrBlocks`, peer.database.cidrBlocks);
    const name = form === "record" ? peer.namespace : Construct.isConstruct(peer) && peer.namespaceName;
    if (typeof name === "string" && name !== "" && !("database" in peer)) return true;
  }
  const kinds = end === "to" ? "a namespace, ranges, a database or a name" : "a namespace, ranges or a name";
  const fix =
    form === "construct"
      ? 'pass the Namespace itself, platform.namespace("...") of the stack\'s Platform, or Namespace.fromName(...)'
      : undefined;
  faults.add(property, `must be ${kinds}`, isObject(peer) ? Object.keys(peer) : peer, fix);
  return false;
}

function checkRangeList(faults: Faults, property: string, value: unknown): boolean {
  const holds = Array.isArray(value) && value.every((each) => typeof each === "string");
  faults.check(holds, property, "must be a list of ranges as text", value ?? null);
  return holds;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkPeer<Peer>(faults: Faults, parts: TrafficParts<Peer>, property: Property): void {
  const { direction, kind, namespace, cidrBlocks, database, reason } = parts;
  if (database) {
    checkRanges(faults, property("to.database.cidrBlocks"), database.cidrBlocks);
    for (const cidrBlock of database.cidrBlocks)
      checkWidth(faults, property("to.database.cidrBlocks"), cidrBlock, LARGEST_PREFIX_WITHOUT_REASON);
  } else if (cidrBlocks) {
    checkRanges(faults, property(`${direction}.cidrBlocks`), cidrBlocks);
    if (typeof reason === "string") checkReason(faults, property("reason"), reason);
    else faults.check(reason === undefined, property("reason"), "must be text", reason);
    for (const cidrBlock of cidrBlocks) checkWideRange(faults, parts, cidrBlock, property);
  } else if (direction === "to" && !namespace) {
    faults.oneOf(property("to"), kind, DESTINATIONS);
  } else if (direction === "from" && !namespace) {
    faults.oneOf(property("from"), kind, SOURCES);
  }
}

function checkRanges(faults: Faults, property: string, cidrBlocks: readonly string[]): void {
  faults
    .check(cidrBlocks.length > 0, property, "must list at least one range", cidrBlocks)
    .unique(property, cidrBlocks);
  for (const cidrBlock of cidrBlocks) {
    if (!isKnown(faults, property, cidrBlock)) continue;
    const range = parseIpRange(cidrBlock);
    const fix = 'for example "10.1.0.0/16"';
    faults.check(range !== undefined, property, "must be IPv4 ranges in their shortest form", cidrBlock, fix);
    if (range && range.prefix >= LARGEST_PREFIX && overlap(range, LINK_LOCAL))
      faults.add(
        property,
        "must not reach 169.254.0.0/16, where a node keeps its credentials",
        cidrBlock,
        'allow "pod-identity-agent" for a role of your own',
      );
  }
  checkTogether(faults, property, cidrBlocks);
}

/** Many ranges must not come to what one may not be. */
function checkTogether(faults: Faults, property: string, cidrBlocks: readonly string[]): void {
  const ranges = cidrBlocks
    .flatMap((each) => parseIpRange(each) ?? [])
    .filter(({ prefix }) => prefix >= LARGEST_PREFIX);
  const apart = ranges.filter((one) => !ranges.some((other) => other.prefix < one.prefix && overlap(one, other)));
  const addresses = apart.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const rule = `must have at most ${MOST_ADDRESSES} addresses together, as many as a /${LARGEST_PREFIX}`;
  faults.check(addresses <= MOST_ADDRESSES, property, rule, addresses, MEANT);
}

/** A large range needs a reason; what is nearly everything is refused with one too. */
function checkWideRange<Peer>(
  faults: Faults,
  { direction, reason }: TrafficParts<Peer>,
  cidrBlock: string,
  property: Property,
): void {
  const name = property(`${direction}.cidrBlocks`);
  const range = parseIpRange(cidrBlock);
  if (!range || range.prefix < LARGEST_PREFIX) checkWidth(faults, name, cidrBlock, LARGEST_PREFIX);
  else if (reason === undefined)
    faults.check(
      range.prefix >= LARGEST_PREFIX_WITHOUT_REASON,
      name,
      `must be /${LARGEST_PREFIX_WITHOUT_REASON} or smaller without a 'reason'`,
      cidrBlock,
    );
}

function checkWidth(faults: Faults, property: string, cidrBlock: string, prefix: number): void {
  const range = parseIpRange(cidrBlock);
  if (range) faults.check(range.prefix >= prefix, property, `must be /${prefix} or smaller`, cidrBlock, MEANT);
}

function checkPorts<Peer>(faults: Faults, { kind, ports }: TrafficParts<Peer>, property: Property): void {
  const name = property(kind === "database" ? "to.database.port" : "ports");
  if (ports === undefined) {
    faults.check(!WITHOUT_DEFAULT.includes(kind), name, "must list at least one port");
    return;
  }
  if (!Array.isArray(ports)) {
    faults.add(name, "must be a list of ports", ports);
    return;
  }
  faults.check(ports.length > 0, name, "must list at least one port", ports);
  for (const each of ports) checkPort(faults, name, kind === "database" ? { port: each } : each);
  const shaped = ports.filter((each: unknown) => typeof each === "number" || isObject(each)) as TrafficPort[];
  faults.unique(name, shaped.map(portText));
}

function checkPort(faults: Faults, property: string, each: unknown): void {
  const { port, endPort, protocol } = (isObject(each) ? each : { port: each }) as Partial<PortRange>;
  if (port === undefined)
    faults.add(property, `must be a whole number from 1 to ${PORT_MAX}`, each ?? null, "name its 'port'");
  faults.literal(property, port).integer(property, port, 1, PORT_MAX);
  const first = typeof port === "number" ? port : 1;
  faults.literal(property, endPort).integer(property, endPort, first, PORT_MAX);
  faults.literal(property, protocol).oneOf(property, protocol, ["TCP", "UDP"]);
}

function portText(each: TrafficPort): string {
  const { port, endPort, protocol } = portRange(each);
  return `${protocol} ${port}${endPort === undefined || endPort === port ? "" : `-${endPort}`}`;
}

function checkPods(faults: Faults, pods: PodLabels | undefined, property: string): void {
  if (pods === undefined) return;
  const fix = "leave it out for all pods";
  if (!isObject(pods)) {
    faults.add(property, "must be labels", pods, fix);
    return;
  }
  const odd = Object.entries(pods).filter(([, value]) => typeof value !== "string");
  for (const [key, value] of odd) faults.add(`${property}.${key}`, "must be text", value ?? null);
  if (odd.length > 0) return;
  faults.check(Object.keys(pods).length > 0, property, "must name at least one label", pods, fix);
  checkLabels(faults, property, pods);
}

/** What a peer is known by; one of them is enough. */
const FACTS: Partial<Record<PeerKind, readonly (keyof ClusterNetwork)[]>> = {
  "kubernetes-api": ["kubernetesApiCidrBlocks"],
  "vpc-endpoints": ["vpcCidrBlocks"],
  "load-balancer": ["loadBalancerCidrBlocks", "loadBalancerNamespace"],
};

/** Adds a fault if a sentence needs to know something of the cluster that was not said. */
export function checkFacts<Peer>(
  faults: Faults,
  { direction, kind, database }: TrafficParts<Peer>,
  network: ClusterNetwork,
): void {
  const facts = database?.securityGroupId === undefined ? FACTS[kind] : (["nodeSecurityGroupId"] as const);
  if (facts === undefined) return;
  const [fact, other] = facts;
  const traffic = database ? "a database with a security group" : JSON.stringify(kind);
  faults.check(
    facts.some((each) => network[each] !== undefined),
    `network.${fact}`,
    `must be given to allow traffic ${direction} ${traffic}`,
    undefined,
    other && `or give 'network.${other}'`,
  );
}
