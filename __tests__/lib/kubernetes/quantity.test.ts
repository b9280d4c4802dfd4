import * as fc from "fast-check";
import {
  compareQuantities,
  formatQuantity,
  isMultipleOf,
  parseQuantity,
  type Quantity,
} from "../../../lib/kubernetes/quantity";

const SUFFIXES: Readonly<Record<string, number>> = {
  ...{ n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 },
};
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

function quantity(text: string): Quantity {
  const found = parseQuantity(text);
  if (!found) throw new Error(`not a quantity: ${text}`);
  return found;
}

test.each([
  ["0", 0n],
  ["1", 1_000_000_000n],
  ["+1", 1_000_000_000n],
  ["-2", -2_000_000_000n],
  ["0.5", 500_000_000n],
  [".5", 500_000_000n],
  ["5.", 5_000_000_000n],
  ["1n", 1n],
  ["1u", 1_000n],
  ["100m", 100_000_000n],
  ["1k", 10n ** 12n],
  ["1M", 10n ** 15n],
  ["1G", 10n ** 18n],
  ["1T", 10n ** 21n],
  ["1P", 10n ** 24n],
  ["1E", 10n ** 27n],
  ["1Ki", 1024n * 10n ** 9n],
  ["1Mi", 1024n ** 2n * 10n ** 9n],
  ["1.5Gi", 1536n * 1024n ** 2n * 10n ** 9n],
  ["1Ti", 1024n ** 4n * 10n ** 9n],
  ["1Pi", 1024n ** 5n * 10n ** 9n],
  ["7Ei", 7n * 1024n ** 6n * 10n ** 9n],
  ["1e3", 10n ** 12n],
  ["1E3", 10n ** 12n],
  ["1e+3", 10n ** 12n],
  ["25e-1", 2_500_000_000n],
  ["9223372036854775807", (2n ** 63n - 1n) * 10n ** 9n],
])("reads %s exactly", (text, nano) => {
  expect(quantity(text).nano).toBe(nano);
});

test.each([
  "",
  ".",
  "Gi",
  "1 Gi",
  " 1",
  "1gb",
  "1GB",
  "1K",
  "1ki",
  "1KI",
  "1mi",
  "1e",
  "1e+",
  "1e3Mi",
  "1,5",
  "1.2.3",
  "--1",
  "0x10",
  "1_000",
  "NaN",
  "Infinity",
  "1\n",
])("not a quantity: %j", (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test.each(["0.1n", "1e-10", "9223372036854775808", "8Ei", "10E", "1e99"])(
  "%s is refused: Kubernetes would round or cut it",
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

test.each([
  ["1000m", "1"],
  ["0.5", "500m"],
  ["1024Mi", "1Gi"],
  ["1536Mi", "1536Mi"],
  ["1.5Gi", "1536Mi"],
  ["0.5Ki", "512"],
  ["1000", "1k"],
  ["2000000", "2M"],
  ["1e3", "1e3"],
  ["1500e3", "1500e3"],
  ["1E3", "1e3"],
  ["2e1", "20"],
  ["0Gi", "0"],
  ["-1024Mi", "-1Gi"],
  ["0.1Ki", "102400m"],
  ["1500.5Mi", "1536512Ki"],
])("%s is written %s by the API server", (text, written) => {
  expect(formatQuantity(quantity(text))).toBe(written);
});

/** A text, and its value in billionths by arithmetic of its own. */
const written = fc.oneof(
  fc
    .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.constantFrom(...Object.keys(SUFFIXES)))
    .filter(([, suffix]) => suffix !== "E")
    .map(([number, suffix]): [string, bigint] => [
      `${number}${suffix}`,
      BigInt(number) * 10n ** BigInt((SUFFIXES[suffix] ?? 0) + 9),
    ])
    .filter(([, nano]) => nano < 2n ** 63n * 10n ** 9n && nano > -(2n ** 63n) * 10n ** 9n),
  fc
    .tuple(fc.integer({ min: -8191, max: 8191 }), fc.constantFrom(...BINARY.slice(0, 5)))
    .map(([number, suffix]): [string, bigint] => [
      `${number}${suffix}`,
      BigInt(number) * 2n ** BigInt(10 * (BINARY.indexOf(suffix) + 1)) * 10n ** 9n,
    ]),
  fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -9, max: 14 }), fc.constantFrom("e", "E"))
    .map(([number, exponent, letter]): [string, bigint] => [
      `${number}${letter}${exponent}`,
      BigInt(number) * 10n ** BigInt(exponent + 9),
    ]),
  fc
    .tuple(fc.nat(99_999), fc.integer({ min: 0, max: 999 }))
    .map(([whole, thousandths]): [string, bigint] => [
      `${whole}.${String(thousandths).padStart(3, "0")}`,
      BigInt(whole) * 10n ** 9n + BigInt(thousandths) * 10n ** 6n,
    ]),
);

test("every form is read exactly", () => {
  fc.assert(
    fc.property(written, ([text, nano]) => {
      expect(quantity(text).nano).toBe(nano);
    }),
  );
});

test("two quantities compare as their values do, however they are written", () => {
  fc.assert(
    fc.property(written, written, ([one, left], [other, right]) => {
      const order = left === right ? 0 : left < right ? -1 : 1;
      expect(compareQuantities(quantity(one), quantity(other))).toBe(order);
      expect(compareQuantities(quantity(other), quantity(one)) + order).toBe(0);
    }),
  );
});

test("a quantity is the same after writing it, and is then written no other way", () => {
  fc.assert(
    fc.property(written, ([text]) => {
      const once = formatQuantity(quantity(text));
      expect(compareQuantities(quantity(once), quantity(text))).toBe(0);
      expect(formatQuantity(quantity(once))).toBe(once);
      expect(once).not.toContain(".");
    }),
  );
});

test("any text is a quantity or is not one, but never an error", () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789.+-eEnumkKMGTPi") }));
  fc.assert(
    fc.property(texts, (text) => {
      const found = parseQuantity(text);
      if (found) expect(compareQuantities(quantity(formatQuantity(found)), found)).toBe(0);
    }),
  );
});

test("a whole number of units is told from a part of one", () => {
  expect(isMultipleOf(quantity("1500m"), quantity("500m"))).toBe(true);
  expect(isMultipleOf(quantity("400m"), quantity("1"))).toBe(false);
});
