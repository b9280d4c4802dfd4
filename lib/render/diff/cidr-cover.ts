import { Address4, Address6 } from "ip-address";
import { at, listAt } from "./plain-data";

/** Whether an `ipBlock` lets through everything that another one does. */
export function blockCovers(outer: unknown, inner: unknown): boolean {
  const range = String(at(inner, "cidr"));
  if (!cidrCovers(String(at(outer, "cidr")), range)) return false;
  const holes = listAt(inner, "except").map(String);
  return listAt(outer, "except")
    .map(String)
    .every((hole) => isApart(hole, range) || holes.some((own) => cidrCovers(own, hole)));
}

function isApart(one: string, other: string): boolean {
  return !cidrCovers(one, other) && !cidrCovers(other, one);
}

function cidrCovers(outer: string, inner: string): boolean {
  const [range, part] = [address(outer), address(inner)];
  if (range instanceof Address4 && part instanceof Address4) return part.isInSubnet(range);
  if (range instanceof Address6 && part instanceof Address6) return part.isInSubnet(range);
  return outer === inner;
}

function address(cidr: string): Address4 | Address6 | undefined {
  if (Address4.isValid(cidr)) return new Address4(cidr);
  return Address6.isValid(cidr) ? new Address6(cidr) : undefined;
}
