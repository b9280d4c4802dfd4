import * as fc from "fast-check";
import { physicalName } from "../../../lib/core/names";

const LIMIT = 64;
const parts = fc.array(fc.stringMatching(/^[a-z0-9]{1,40}$/), { minLength: 1, maxLength: 5 });

test("a name within the limit is its parts joined by a dash", () => {
  expect(physicalName(["staging", "flow-logs"], LIMIT)).toBe("staging-flow-logs");
});

test("a name of exactly the limit is left whole", () => {
  expect(physicalName(["a".repeat(LIMIT)], LIMIT)).toBe("a".repeat(LIMIT));
});

test("a name one character too long is cut to the limit and ends in the hash of the whole", () => {
  expect(physicalName(["a".repeat(LIMIT + 1)], LIMIT)).toBe(`${"a".repeat(55)}-635361c4`);
});

test("the hash never changes: a name that is deployed stays what it is", () => {
  expect(physicalName(["staging-with-a-rather-long-name", "genomics-and-imaging", "load-balancer"], LIMIT)).toBe(
    "staging-with-a-rather-long-name-genomics-and-imaging-lo-c4fdc0dd",
  );
});

test("a cut never ends in a dash of its own", () => {
  expect(physicalName(["abcdefgh", "ijklmnop"], 18)).toBe("abcdefgh-ijklmnop");
  expect(physicalName(["abcdefgh", "ijklmnopqrst"], 18)).toBe("abcdefgh-a6e435b8");
});

test("long names that begin alike stay different", () => {
  const long = "x".repeat(100);
  const names = ["reader", "writer", "writer2"].map((purpose) => physicalName([long, purpose], LIMIT));
  expect(new Set(names).size).toBe(3);
});

test("whatever the parts: never beyond the limit, and the same for the same parts", () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 20, max: 128 }), (input, limit) => {
      const name = physicalName(input, limit);
      expect(name.length).toBeLessThanOrEqual(limit);
      expect(physicalName([...input], limit)).toBe(name);
    }),
  );
});

test("whatever the parts: two different joined names give two different names", () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(one.join("-") !== other.join("-"));
      expect(physicalName(one, LIMIT)).not.toBe(physicalName(other, LIMIT));
    }),
  );
});
