import type { Faults } from "../core/faults";
import { parseCidr } from "../vpc/cidr";

/**
 * One way to the cluster's endpoint.
 *
 * - `route`: a network that already has a route to the VPC, through peering, a transit gateway or a VPN. A security group rule lets it
 *   in; the route itself is the network's own.
 * - `runner`: a runner inside the VPC, in these ranges.
 * - `public`: the public endpoint, for these ranges only.
 */
export interface EndpointAccess {
  readonly via: "route" | "runner" | "public";
  /** Ranges that calls come from. Never the whole internet. */
  readonly cidrBlocks: readonly string[];
}

const ANYWHERE = "0.0.0.0/0";
/** @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
const PUBLIC_CIDRS_MAX = 40;

/** Ranges that reach the public endpoint; empty if there is none. */
export function publicCidrBlocks(access: readonly EndpointAccess[]): string[] {
  return unique(access.filter(({ via }) => via === "public"));
}

/** Ranges that reach the private endpoint. */
export function privateCidrBlocks(access: readonly EndpointAccess[]): string[] {
  return unique(access.filter(({ via }) => via !== "public"));
}

function unique(access: readonly EndpointAccess[]): string[] {
  return [...new Set(access.flatMap(({ cidrBlocks }) => cidrBlocks))];
}

/** Adds what is wrong with the ways to an endpoint. */
export function checkEndpointAccess(faults: Faults, property: string, access: readonly EndpointAccess[]): void {
  for (const [index, { via, cidrBlocks }] of access.entries()) {
    const name = `${property}[${index}].cidrBlocks`;
    faults.check(cidrBlocks.length > 0, name, `must list the ranges that come in via ${via}`, cidrBlocks);
    for (const cidr of cidrBlocks) {
      const fix = "list the ranges of your offices, VPN or runners";
      if (cidr === ANYWHERE) faults.add(name, "must not open the endpoint to the whole internet", cidr, fix);
      else
        faults.check(parseCidr(cidr) !== undefined, name, "must be IPv4 ranges", cidr, 'for example "203.0.113.0/24"');
    }
  }
  const open = publicCidrBlocks(access);
  faults.check(
    open.length <= PUBLIC_CIDRS_MAX,
    property,
    `must list at most ${PUBLIC_CIDRS_MAX} public ranges`,
    open.length,
  );
}
