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
  portRange,
  SOURCES,
  type Traffic,
  type TrafficParts,
  type TrafficPort,
  trafficParts,
} from "./traffic";

type Property = (name: string) => string;

const LARGEST_PREFIX = 8;
const LARGEST_PREFIX_WITHOUT_REASON = 16;
const PORT_MAX = 65535;
/** Peers whose ports are not known by what they are. */
const WITHOUT_DEFAULT: readonly PeerKind[] = ["namespace", "ranges", "load-balancer", "monitoring"];
/** Instance metadata: the node's credentials. */
const LINK_LOCAL = { prefix: 16, first: 0xa9fe0000, last: 0xa9feffff } satisfies IpRange;

/** Adds what is wrong with a sentence of traffic, as far as it can be told without the cluster. */
export function checkTraffic<Peer extends object>(faults: Faults, traffic: Traffic<Peer>, property: Property): void {
  const ends = (["to", "from", "within"] as const).filter((name) => traffic[name] !== undefined);
  if (ends.length !== 1) {
    faults.add(property("to"), "must stand alone: one of to, from and within", ends);
    return;
  }
  const parts = trafficParts(traffic);
  checkPeer(faults, parts, property);
  checkPorts(faults, parts, property);
  for (const name of ["pods", "peerPods"] as const) checkPods(faults, parts[name], property(name));
}

function checkPeer<Peer>(faults: Faults, parts: TrafficParts<Peer>, property: Property): void {
  const { direction, kind, cidrBlocks, database } = parts;
  if (database) {
    checkRanges(faults, property("to.database.cidrBlocks"), database.cidrBlocks);
    for (const cidrBlock of database.cidrBlocks)
      checkWidth(faults, property("to.database.cidrBlocks"), cidrBlock, LARGEST_PREFIX_WITHOUT_REASON);
  } else if (cidrBlocks) {
    checkRanges(faults, property(`${direction}.cidrBlocks`), cidrBlocks);
    if (parts.reason !== undefined) checkReason(faults, property("reason"), parts.reason);
    for (const cidrBlock of cidrBlocks) checkWideRange(faults, parts, cidrBlock, property);
  } else if (direction === "to" && kind !== "namespace") {
    faults.oneOf(property("to"), kind, DESTINATIONS);
  } else if (direction === "from" && kind !== "namespace") {
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
  const fix = 'list the ranges that are meant, or allow "internet"';
  if (range) faults.check(range.prefix >= prefix, property, `must be /${prefix} or smaller`, cidrBlock, fix);
}

function checkPorts<Peer>(faults: Faults, { kind, ports }: TrafficParts<Peer>, property: Property): void {
  const name = property(kind === "database" ? "to.database.port" : "ports");
  if (ports === undefined) {
    faults.check(!WITHOUT_DEFAULT.includes(kind), name, "must list at least one port");
    return;
  }
  faults.check(ports.length > 0, name, "must list at least one port", ports);
  for (const { port, endPort } of ports.map(portRange)) {
    faults.integer(name, port, 1, PORT_MAX);
    if (endPort !== undefined) faults.integer(name, endPort, port, PORT_MAX);
  }
  faults.unique(name, ports.map(portText));
}

function portText(each: TrafficPort): string {
  const { port, endPort, protocol } = portRange(each);
  return `${protocol} ${port}${endPort === undefined || endPort === port ? "" : `-${endPort}`}`;
}

function checkPods(faults: Faults, pods: PodLabels | undefined, property: string): void {
  if (!pods) return;
  const fix = "leave it out for all pods";
  faults.check(Object.keys(pods).length > 0, property, "must name at least one label", pods, fix);
  checkLabels(faults, property, pods);
}

const FACTS: Partial<Record<PeerKind, keyof ClusterNetwork>> = {
  "kubernetes-api": "kubernetesApiCidrBlocks",
  "vpc-endpoints": "vpcCidrBlocks",
  "load-balancer": "loadBalancerCidrBlocks",
};

/** Adds a fault if a sentence needs to know something of the cluster that was not said. */
export function checkFacts<Peer>(
  faults: Faults,
  { direction, kind, database }: TrafficParts<Peer>,
  network: ClusterNetwork,
): void {
  const fact = database?.securityGroupId === undefined ? FACTS[kind] : "nodeSecurityGroupId";
  if (fact === undefined) return;
  const traffic = database ? "a database with a security group" : JSON.stringify(kind);
  faults.check(
    network[fact] !== undefined,
    `network.${fact}`,
    `must be given to allow traffic ${direction} ${traffic}`,
  );
}
