import * as fc from "fast-check";
import { addressAt, allBut, type IpRange, overlap, parseIpRange } from "../../../lib/kubernetes/ip-range";
import { cidrs } from "../../support/networks";

function range(text: string): IpRange {
  const found = parseIpRange(text);
  if (!found) throw new Error(`not a range: ${text}`);
  return found;
}

test("a range knows its prefix and its ends", () => {
  expect(range("10.0.0.0/16")).toEqual({ prefix: 16, first: 0x0a000000, last: 0x0a00ffff });
  expect(range("0.0.0.0/0")).toEqual({ prefix: 0, first: 0, last: 0xffffffff });
  expect(range("255.255.255.255/32")).toEqual({ prefix: 32, first: 0xffffffff, last: 0xffffffff });
});

test.each([
  "10.0.0.7/16",
  "10.0.0.0",
  "10.0.0.0/33",
  "10.0.0.0/016",
  "10.0.0.0/00",
  "0/0",
  "0.0/0",
  "00.0.0.0/0",
  "0x0.0.0.0/0",
  "10.0.0.300/16",
  " 10.0.0.0/16",
  "::/0",
  "::ffff:0.0.0.0/96",
  "fd00::/8",
  "",
])("not a range: %j", (text) => {
  expect(parseIpRange(text)).toBeUndefined();
});

test("an address is counted from the start of its range", () => {
  expect(addressAt(range("172.20.0.0/16"), 10)).toBe("172.20.0.10");
  expect(addressAt(range("10.100.0.0/16"), 256)).toBe("10.100.1.0");
});

test("nothing is left of everything, and everything of nothing", () => {
  expect(allBut([])).toEqual(["0.0.0.0/0"]);
  expect(allBut([range("0.0.0.0/0")])).toEqual([]);
  expect(allBut([range("128.0.0.0/1")])).toEqual(["0.0.0.0/1"]);
  expect(allBut([range("0.0.0.0/2"), range("64.0.0.0/3")])).toEqual(["96.0.0.0/3", "128.0.0.0/1"]);
});

const lists = fc.array(cidrs(0, 32), { maxLength: 6 }).map((found) => found.map(({ text }) => range(text)));

test("an address is in the rest if and only if it is in none of the excluded ranges", () => {
  const edges = lists.chain((excluded) => {
    const near = excluded.flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
    const addresses = [...near.filter((each) => each >= 0 && each < 2 ** 32), 0, 2 ** 32 - 1];
    return fc.tuple(fc.constant(excluded), fc.oneof(fc.constantFrom(...addresses), fc.nat(2 ** 32 - 1)));
  });
  fc.assert(
    fc.property(edges, ([excluded, address]) => {
      const holds = ({ first, last }: IpRange) => first <= address && address <= last;
      expect(allBut(excluded).map(range).filter(holds)).toHaveLength(excluded.some(holds) ? 0 : 1);
    }),
  );
});

test("the rest is in order, without overlap, and none of it can be joined to a larger range", () => {
  fc.assert(
    fc.property(lists, (excluded) => {
      const rest = allBut(excluded).map(range);
      for (const [index, each] of rest.entries()) {
        const next = rest[index + 1];
        if (!next) continue;
        expect(overlap(each, next)).toBe(false);
        expect(each.last < next.first).toBe(true);
        const size = each.last - each.first + 1;
        const twins = each.prefix === next.prefix && each.last + 1 === next.first && each.first % (2 * size) === 0;
        expect(twins).toBe(false);
      }
    }),
  );
});
