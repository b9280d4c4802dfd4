import { Faults } from "../../../lib/core/faults";
import { valuesDocument } from "../../../lib/helm/values-document";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

type Values = Readonly<Record<string, unknown>>;

function written(values: Values): string {
  const faults = new Faults("test");
  const text = valuesDocument(faults, "values", values);
  faults.throwIfAny();
  return text;
}

/** What Terraform makes of a string of the configuration. */
function applied(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

test("plain data comes out as it went in", () => {
  const values = { text: "a", number: 1.5, yes: true, nothing: null, list: [1, { a: [] }], map: { "a.b/c": "d" } };
  expect(JSON.parse(written(values))).toEqual(values);
});

test("marks of Terraform's templates reach the chart as written", () => {
  const values = {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
    environment: "${env:HOME} and ${x}${y}",
    directive: "%{ if true }",
    twice: "$${kept}",
    price: "100% of $5 {}",
    "${key}": "%{key}",
  };
  const text = written(values);
  expect(text).toContain('"$${env:HOME} and $${x}$${y}"');
  expect(text).toContain('"%%{ if true }"');
  expect(text).toContain('"100% of $5 {}"');
  expect(text).not.toMatch(/(^|[^$])\$\{|(^|[^%])%\{/);
  expect(JSON.parse(applied(text))).toEqual(values);
});

test("one changed value is one changed line", () => {
  const values = { replicas: 1, image: { repository: "a", tag: "1" }, list: ["a", "b"] };
  const [before, after] = [written(values), written({ ...values, image: { ...values.image, tag: "2" } })].map((text) =>
    text.split("\n"),
  );
  expect(after).toHaveLength(before?.length ?? 0);
  expect(after?.filter((line, index) => line !== before?.[index])).toEqual(['    "tag": "2"']);
});

test.each<[string, Values, string]>([
  ["a symbol", { a: { b: Symbol("b") } }, `'values.a.b' must be plain data, got "Symbol(b)" at test`],
  ["undefined", { a: undefined }, `'values.a' must be plain data, got "undefined" at test`],
  ["a date", { a: [new Date(0)] }, `'values.a[0]' must be plain data, got "${String(new Date(0))}" at test`],
  ["a map", { a: new Map() }, `'values.a' must be plain data, got "[object Map]" at test`],
  ["a number that is none", { a: Number.NaN }, `'values.a' must be plain data, got "NaN" at test`],
  ["infinity", { a: Number.POSITIVE_INFINITY }, `'values.a' must be plain data, got "Infinity" at test`],
])("refuses %s and says where", (_, values, message) => {
  expect(messageOf(() => written(values))).toBe(message);
});

test("refuses what is only known at apply, as value and as key", () => {
  const token = aToken();
  const rest =
    "must be known at synth, got a token at test; write the value itself instead of another resource's attribute";
  expect(messageOf(() => written({ a: [{ b: `x-${token}` }] }))).toBe(`'values.a[0].b' ${rest}`);
  expect(messageOf(() => written({ a: { [token]: 1 } }))).toBe(`'values.a: the key' ${rest}`);
});

test("all faults at once, a line each", () => {
  expect(messageOf(() => written({ a: undefined, b: [undefined] }))).toBe(
    [
      `'values.a' must be plain data, got "undefined" at test`,
      `'values.b[0]' must be plain data, got "undefined" at test`,
    ].join("\n"),
  );
});
