import { Faults } from "../../../lib/core/faults";
import { ValidationError } from "../../../lib/core/validation-error";
import { messageOf } from "../../support/errors";
import { aListToken, aNumberToken, aToken } from "../../support/tokens";

const LITERAL =
  "must be known at synth, got a token at staging; write the value itself instead of another resource's attribute";

type Check = (faults: Faults) => Faults;

function checked(...checks: Check[]): () => void {
  return () => {
    const faults = new Faults("staging");
    for (const check of checks) check(faults);
    faults.throwIfAny();
  };
}

test.each<[string, Check, string]>([
  ["add", (f) => f.add("chart", "must be a folder"), "'chart' must be a folder at staging"],
  ["check", (f) => f.check(false, "zones", "must differ", ["a", "a"]), `'zones' must differ, got ["a","a"] at staging`],
  [
    "matches",
    (f) => f.matches("id", "A", /^[a-z]$/, "must be a letter", 'use "a"'),
    `'id' must be a letter, got "A" at staging; use "a"`,
  ],
  ["matches an empty text", (f) => f.matches("id", "", /./, "must be given"), `'id' must be given, got "" at staging`],
  [
    "length, too short",
    (f) => f.length("id", "ab", 3, 5),
    `'id' must have 3 to 5 characters, has 2, got "ab" at staging`,
  ],
  [
    "length, too long",
    (f) => f.length("id", "abcdef", 3, 5),
    `'id' must have 3 to 5 characters, has 6, got "abcdef" at staging`,
  ],
  ["integer, below", (f) => f.integer("n", 6, 7, 30), "'n' must be a whole number from 7 to 30, got 6 at staging"],
  ["integer, above", (f) => f.integer("n", 31, 7, 30), "'n' must be a whole number from 7 to 30, got 31 at staging"],
  ["integer, a half", (f) => f.integer("n", 7.5, 7, 30), "'n' must be a whole number from 7 to 30, got 7.5 at staging"],
  [
    "integer without an upper limit",
    (f) => f.integer("n", 0, 1),
    "'n' must be a whole number of at least 1, got 0 at staging",
  ],
  ["oneOf", (f) => f.oneOf("n", 2, [1, 3]), "'n' must be one of 1, 3, got 2 at staging"],
  [
    "unique",
    (f) => f.unique("zones", ["a", "b", "a"]),
    `'zones' must not repeat a value, got "a" at staging; remove the second one`,
  ],
  ["literal, a text", (f) => f.literal("name", aToken()), `'name' ${LITERAL}`],
  ["literal, a token inside a text", (f) => f.literal("name", `x-${aToken()}`), `'name' ${LITERAL}`],
  ["literal, a list", (f) => f.literal("zones", aListToken()), `'zones' ${LITERAL}`],
  ["literal, a number", (f) => f.literal("size", aNumberToken()), `'size' ${LITERAL}`],
])("refused by %s", (_, check, message) => {
  expect(messageOf(checked(check))).toBe(message);
});

test("both ends of a range are inside it", () => {
  expect(
    checked(
      (f) => f.integer("n", 7, 7, 30).integer("n", 30, 7, 30),
      (f) => f.length("id", "abc", 3, 5).length("id", "abcde", 3, 5),
    ),
  ).not.toThrow();
});

test("a value that is left out is nobody's fault", () => {
  expect(
    checked((f) =>
      f
        .literal("a", undefined)
        .matches("b", undefined, /x/, "must be x")
        .length("c", undefined, 1, 2)
        .integer("d", undefined, 1, 2)
        .oneOf("e", undefined, [1]),
    ),
  ).not.toThrow();
});

test("a token passes every check of its value, and the same checks refuse a literal", () => {
  const checks = (text: string, n: number) =>
    checked((f) =>
      f
        .matches("pattern", text, /^x$/, "must be x")
        .length("length", text, 1, 2)
        .integer("integer", n, 1, 2)
        .oneOf("oneOf", text, ["x"]),
    );
  expect(checks(aToken(), aNumberToken())).not.toThrow();
  expect(messageOf(checks("yyy", 3))).toBe(
    [
      `'pattern' must be x, got "yyy" at staging`,
      `'length' must have 1 to 2 characters, has 3, got "yyy" at staging`,
      "'integer' must be a whole number from 1 to 2, got 3 at staging",
      `'oneOf' must be one of "x", got "yyy" at staging`,
    ].join("\n"),
  );
});

test("every fault is told at once, a line each, in the order of the checks", () => {
  const first: Check = (f) => f.add("one", "must be a");
  const second: Check = (f) => f.add("two", "must be b", 2);
  expect(messageOf(checked(first, second))).toBe("'one' must be a at staging\n'two' must be b, got 2 at staging");
});

test("what was found so far can be read and not changed", () => {
  const faults = new Faults("staging").add("one", "must be a");
  expect(faults.all).toEqual([{ property: "one", rule: "must be a", value: undefined, fix: undefined }]);
  expect(faults.all).not.toBe(faults.all);
});

test("the error carries its path and the parts of its first fault", () => {
  const error = new ValidationError("staging", [
    { property: "n", rule: "must be 1", value: 2, fix: "use 1" },
    { property: "m", rule: "must be 3" },
  ]);
  expect(error).toMatchObject({ name: "ValidationError", path: "staging", property: "n", value: 2, fix: "use 1" });
  expect(error.faults).toHaveLength(2);
});

class Loop {
  readonly self = this;
}

test.each<[string, unknown, string]>([
  ["not a number", Number.NaN, "NaN"],
  ["infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
  ["a bigint", 5n, "5"],
  ["a symbol", Symbol("tag"), "Symbol(tag)"],
  ["a function", () => "hunter2", "Function"],
  ["a class", Faults, "Function"],
  ["what contains itself", new Loop(), "Loop"],
  ["what contains itself and is no instance", Object.assign(Object.create(null), { loop: new Loop() }), "Object"],
  ["what has no JSON", { toJSON: () => undefined }, "Object"],
  ["the same within others", { a: [Number.NaN, 5n], b: () => 1 }, '{"a":["NaN","5"],"b":"Function"}'],
  ["null", null, "null"],
])("a value is told as what it is: %s", (_, value, got) => {
  expect(new ValidationError("staging", [{ property: "n", rule: "must be 1", value }]).message).toBe(
    `'n' must be 1, got ${got} at staging`,
  );
});
