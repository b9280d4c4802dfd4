import { parseCidr, sizeOf } from "./cidr";

/** With prefix delegation a node takes pod addresses in blocks of this many: a /28. */
const BLOCK = 16;
/** The block that pods of a node use, and the one that the CNI keeps warm (`WARM_PREFIX_TARGET`). */
export const BLOCKS_PER_NODE = 2;
/** AWS keeps the first four addresses of a subnet and the last: the first and the last block are never whole. */
const BROKEN_BLOCKS = 2;

/**
 * How many blocks for pods a subnet has, once `nodes` nodes have their own address in it. An upper bound: addresses that load
 * balancers and endpoints take break further blocks.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html
 */
export function podBlocks(cidrBlock: string, nodes: number): number {
  const cidr = parseCidr(cidrBlock);
  if (!cidr) return 0;
  const blocks = Number(sizeOf(cidr)) / BLOCK;
  return Math.max(0, Math.floor(blocks) - BROKEN_BLOCKS - Math.ceil(nodes / BLOCK));
}
