import { Fn, Token } from "cdktf";
import { Faults } from "../../../lib/core/faults";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { checkPlainData } from "../../../lib/helm/plain-data";
import { messageOf } from "../../support/errors";
import { aListToken, aNumberToken, aToken } from "../../support/tokens";

const FIX = "use text, numbers, true, false, null, lists and objects";
const WRAP = "must be known at synth, got a token at test; wrap it in knownAtApply(...), with an example to render";
const ALONE = `must be one token alone at test; build the text with Fn.format("...%s...", [a, b]) or Fn.join`;

function aNumberListToken(): number[] {
  return Token.asNumberList({ resolve: () => [1], creationStack: [], toString: () => "token" });
}

function check(values: unknown): void {
  const faults = new Faults("test");
  checkPlainData(faults, "values", values);
  faults.throwIfAny();
}

test.each<[string, unknown]>([
  ["scalars", { text: "a", empty: "", zero: 0, half: 0.5, negative: -1, yes: true, no: false, nothing: null }],
  ["nothing at all", {}],
  ["lists and objects", { list: [], lists: [[1], [{ a: [] }]], object: { "a.b/c": {} } }],
  ["a key that is undefined: an optional value that was not given", { a: undefined, b: { c: undefined } }],
  ["the largest whole numbers that are exact", { a: Number.MAX_SAFE_INTEGER, b: Number.MIN_SAFE_INTEGER }],
  ["small numbers", { a: Number.MIN_VALUE, b: 1e-7 }],
  ["an object without a prototype", { a: Object.assign(Object.create(null), { b: 1 }) }],
  ["emoji and other characters", { a: "😀 é \u0001 \u0085 \u2028 \u007f", ключ: 1 }],
  ["a huge negative number, and one in text", { a: "-8e300", b: "about -1.5e+289, or -8e+298", c: 1e-7 }],
  ["a number known at apply", { a: knownAtApply(aNumberToken(), 5432) }],
  ["a list of numbers known at apply", { a: knownAtApply(aNumberListToken(), [1]) }],
  ["what a function of Terraform gives", { a: knownAtApply(Fn.join("-", [aToken(), "a"]), "x-a") }],
  ["a switch known at apply", { a: knownAtApply(Fn.conditional(aToken(), true, false), true) }],
  ["what is known at apply", { a: knownAtApply(aToken(), "example"), b: [knownAtApply(aListToken(), ["c"])] }],
])("takes %s", (_, values) => {
  expect(() => check(values)).not.toThrow();
});

test("takes one object in several places, but none within itself", () => {
  const shared = { a: 1 };
  const list = [shared];
  expect(() => check({ a: shared, b: shared, c: list, d: [list, list] })).not.toThrow();
  const circle: Record<string, unknown> = { a: { b: {} } };
  circle.a = { b: circle };
  expect(messageOf(() => check(circle))).toBe("'values.a.b' must not contain itself at test");
  const ring: unknown[] = [];
  ring.push([ring]);
  expect(messageOf(() => check({ ring }))).toBe("'values.ring[0][0]' must not contain itself at test");
});

class Money {
  constructor(readonly amount: number) {}
}

test.each<[string, unknown, string, string]>([
  ["a function", { a: () => "hunter2" }, "values.a", "function"],
  ["a symbol", { a: { b: Symbol("hunter2") } }, "values.a.b", "symbol"],
  ["a big integer", { a: 12345678901234567890n }, "values.a", "bigint"],
  ["undefined in a list", { a: [1, undefined] }, "values.a[1]", "undefined"],
  // biome-ignore lint/suspicious/noSparseArray: what is tested
  ["a hole in a list", { a: [1, , 2] }, "values.a[1]", "undefined"],
  ["a date", { a: [new Date(0)] }, "values.a[0]", "Date"],
  ["a map", { a: new Map([["b", 1]]) }, "values.a", "Map"],
  ["a set", { a: new Set() }, "values.a", "Set"],
  ["an instance of a class", { a: new Money(1) }, "values.a", "Money"],
  ["a regular expression", { a: /hunter2/ }, "values.a", "RegExp"],
  ["bytes", { a: Buffer.from("hunter2") }, "values.a", "Buffer"],
  [
    "an object with a prototype without a name",
    { a: Object.create(Object.create(null)) },
    "values.a",
    "an object with a prototype",
  ],
])("refuses %s, and does not show it", (_, values, property, name) => {
  expect(messageOf(() => check(values))).toBe(`'${property}' must be plain data, got "${name}" at test; ${FIX}`);
});

test.each<[string, unknown, string]>([
  [
    "a number that is none",
    { a: Number.NaN },
    `'values.a' must be plain data, got "NaN" at test; JSON has no such number`,
  ],
  [
    "infinity",
    { a: [Number.NEGATIVE_INFINITY] },
    `'values.a[0]' must be plain data, got "-Infinity" at test; JSON has no such number`,
  ],
  [
    "a whole number that is not exact",
    { account: 2 ** 53 },
    "'values.account' must be below 2^53, or text at test; write it in quotes",
  ],
  ["the character NUL", { a: "b\u0000" }, "'values.a' must not hold the character NUL at test"],
  ["NUL in a key", { "a\u0000": 1 }, "'values: the key' must not hold the character NUL at test"],
  ["half a character", { a: "\ud83d" }, "'values.a' must be Unicode text, holds half a character at test"],
  [
    "its other half",
    { a: { "\ude00": 1 } },
    "'values.a: the key' must be Unicode text, holds half a character at test",
  ],
  ["a token", { a: aToken() }, `'values.a' ${WRAP}`],
  ["a token within text", { a: [{ b: `x-${aToken()}` }] }, `'values.a[0].b' ${WRAP}`],
  ["a token for a number", { a: aNumberToken() }, `'values.a' ${WRAP}`],
  ["a token for a list", { a: aListToken() }, `'values.a' ${WRAP}`],
  ["a number token within text", { a: `tcp://db:${aNumberToken()}/` }, `'values.a' ${WRAP}`],
  ["a number token as text", { a: [String(aNumberToken())] }, `'values.a[0]' ${WRAP}`],
  ["a number token of a list as text", { a: `${aNumberListToken()[0]}` }, `'values.a' ${WRAP}`],
  [
    "a number token in a key",
    { a: { [`port-${aNumberToken()}`]: 1 } },
    "'values.a: the key' must be known at synth, got a token at test; write the value itself instead of another resource's attribute",
  ],
  ["text around a token", { a: knownAtApply(`postgres://${aToken()}/x`, "b") }, `'values.a' ${ALONE}`],
  ["two tokens", { a: knownAtApply(`${aToken()}${aToken()}`, "b") }, `'values.a' ${ALONE}`],
  ["a number token as text, known at apply", { a: knownAtApply(`${aNumberToken()}`, "1") }, `'values.a' ${ALONE}`],
  [
    "a token among the items of a list",
    { a: knownAtApply(["b", aToken()], ["b", "c"]) },
    "'values.a' must be one token alone at test; wrap each item of the list",
  ],
  ["a token in an example", { a: knownAtApply(aToken(), aToken()) }, `'values.a: the example' ${WRAP}`],
  [
    "an example that is not plain",
    { a: knownAtApply(aToken(), { at: new Date(0) }) },
    `'values.a: the example.at' must be plain data, got "Date" at test; ${FIX}`,
  ],
  [
    "a token in a key",
    { a: { [aToken()]: 1 } },
    "'values.a: the key' must be known at synth, got a token at test; write the value itself instead of another resource's attribute",
  ],
])("refuses %s", (_, values, message) => {
  expect(messageOf(() => check(values))).toBe(message);
});

test("all faults at once, a line each", () => {
  expect(messageOf(() => check({ a: () => 1, b: [undefined, { c: Number.NaN }] }))).toBe(
    [
      `'values.a' must be plain data, got "function" at test; ${FIX}`,
      `'values.b[0]' must be plain data, got "undefined" at test; ${FIX}`,
      `'values.b[1].c' must be plain data, got "NaN" at test; JSON has no such number`,
    ].join("\n"),
  );
});
