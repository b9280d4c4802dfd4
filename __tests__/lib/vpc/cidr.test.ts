import * as fc from "fast-check";
import { type Cidr, cidrFault, contains, overlaps, parseCidr, sizeOf, subrange } from "../../../lib/vpc/cidr";
import { cidr, cidrs } from "../../support/networks";

const LAST_ADDRESS = 2n ** 32n - 1n;

test("a range knows its prefix, its ends and its size", () => {
  const range = cidr("10.0.0.0/16");
  expect(range).toEqual({ text: "10.0.0.0/16", prefix: 16, first: 0x0a000000n, last: 0x0a00ffffn });
  expect(sizeOf(range)).toBe(65536n);
  expect(sizeOf(cidr("10.0.0.1/32"))).toBe(1n);
});

test.each([
  "10.0.0.7/16",
  "10.0.0.0",
  "10.0.0.0/33",
  "10.0.0.300/16",
  "10.0/16",
  "10.0.0.0/16 ",
  "010.0.0.0/16",
  "10.0.0.0/-1",
  "2001:db8::/32",
  "/16",
  "",
])("not a range: %j", (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test("a range is the same after writing and reading it", () => {
  fc.assert(
    fc.property(cidrs(0, 32), (range) => {
      expect(parseCidr(range.text)).toEqual(range);
      expect(sizeOf(range)).toBe(2n ** BigInt(32 - range.prefix));
    }),
  );
});

test("ranges that touch do not overlap, ranges that share one address do", () => {
  expect(overlaps(cidr("10.0.0.0/24"), cidr("10.0.1.0/24"))).toBe(false);
  expect(overlaps(cidr("10.0.0.0/24"), cidr("10.0.0.255/32"))).toBe(true);
});

/** Two ranges that are near each other more often than two at random: the second lies in the first, or right behind it. */
const pairs = fc
  .tuple(cidrs(8, 28), fc.integer({ min: 0, max: 4 }), fc.nat())
  .map(([outer, extra, index]): [Cidr, Cidr] => {
    const parts = 2 ** extra;
    const behind = outer.last === LAST_ADDRESS ? 0 : 2;
    return [outer, subrange(outer, outer.prefix + extra, index % (parts + Math.min(behind, parts)))];
  });

test("overlap is the same from both sides, and every range overlaps itself", () => {
  fc.assert(
    fc.property(fc.oneof(pairs, fc.tuple(cidrs(0, 32), cidrs(0, 32))), ([one, other]) => {
      expect(overlaps(one, other)).toBe(overlaps(other, one));
      expect(overlaps(one, one)).toBe(true);
    }),
  );
});

test("a range overlaps what it contains; two ranges overlap only if one contains the other", () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(overlaps(one, other)).toBe(contains(one, other) || contains(other, one));
    }),
  );
});

test("two ranges contain each other only if they are the same", () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(contains(one, other) && contains(other, one)).toBe(one.text === other.text);
    }),
  );
});

test("the parts of a range have the size of their prefix, follow each other and fill it", () => {
  fc.assert(
    fc.property(cidrs(8, 24), fc.integer({ min: 0, max: 4 }), (block, extra) => {
      const parts = Array.from({ length: 2 ** extra }, (_, index) => subrange(block, block.prefix + extra, index));
      for (const part of parts) {
        expect(parseCidr(part.text)).toEqual(part);
        expect(contains(block, part)).toBe(true);
        expect(sizeOf(part) * BigInt(parts.length)).toBe(sizeOf(block));
      }
      for (const [index, part] of parts.entries()) {
        expect(part.first).toBe(index === 0 ? block.first : (parts[index - 1]?.last ?? 0n) + 1n);
      }
      expect(parts.at(-1)?.last).toBe(block.last);
    }),
  );
});

test("a part beyond the end of a range lies outside it", () => {
  const block = cidr("10.0.0.0/16");
  expect(contains(block, subrange(block, 18, 3))).toBe(true);
  expect(contains(block, subrange(block, 18, 4))).toBe(false);
});

test.each<[string, ReturnType<typeof cidrFault>]>([
  ["10.0.0.0/16", undefined],
  ["10.0.0.0/28", undefined],
  ["10.0.0.0/15", { rule: "must have a prefix from /16 to /28" }],
  ["10.0.0.0/29", { rule: "must have a prefix from /16 to /28" }],
  ["10.0.0.7/16", { rule: "must be an IPv4 range", fix: 'did you mean "10.0.0.0/16"?' }],
  ["10.0.0.0", { rule: "must be an IPv4 range", fix: 'for example "10.0.0.0/16"' }],
  ["10.0.0.300/16", { rule: "must be an IPv4 range", fix: 'for example "10.0.0.0/16"' }],
  ["network", { rule: "must be an IPv4 range", fix: 'for example "10.0.0.0/16"' }],
])("a range of a VPC or subnet is told what is wrong with it: %s", (text, fault) => {
  expect(cidrFault(text)).toEqual(fault);
});
