import { Address4 } from "ip-address";

/** An IPv4 range. Pods have IPv4 addresses only, so an IPv6 range would open nothing. */
export interface IpRange {
  readonly prefix: number;
  /** First and last address, as numbers. */
  readonly first: number;
  readonly last: number;
}

const BITS = 32;

/** Reads a range; undefined if the text is not one in its shortest form (`10.0.0.7/16` is not). */
export function parseIpRange(text: string): IpRange | undefined {
  if (!/^[\d.]+\/\d{1,2}$/.test(text) || !Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  const prefix = address.subnetMask;
  const first = Number(address.startAddress().bigInt());
  if (first !== Number(address.bigInt()) || text !== format(first, prefix)) return undefined;
  return { prefix, first, last: first + 2 ** (BITS - prefix) - 1 };
}

export function overlap(one: IpRange, other: IpRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** The ranges that hold every IPv4 address but those of `excluded`, as few as there can be, in order. */
export function allBut(excluded: readonly IpRange[]): string[] {
  return remaining({ prefix: 0, first: 0, last: 2 ** BITS - 1 }, excluded);
}

function remaining(range: IpRange, excluded: readonly IpRange[]): string[] {
  const inside = excluded.filter((each) => overlap(range, each));
  if (inside.length === 0) return [format(range.first, range.prefix)];
  if (inside.some(({ first, last }) => first <= range.first && range.last <= last)) return [];
  const prefix = range.prefix + 1;
  const middle = range.first + 2 ** (BITS - prefix);
  const halves = [
    { prefix, first: range.first, last: middle - 1 },
    { prefix, first: middle, last: range.last },
  ];
  return halves.flatMap((half) => remaining(half, inside));
}

/** The address `index` places after the first one of a range. */
export function addressAt({ first }: IpRange, index: number): string {
  return Address4.fromBigInt(BigInt(first + index)).correctForm();
}

function format(first: number, prefix: number): string {
  return `${Address4.fromBigInt(BigInt(first)).correctForm()}/${prefix}`;
}
