import fc from "fast-check";
import { jsonForYaml, readYaml, writeYaml } from "../../../../lib/render/objects/kubernetes-yaml";

/** What a plain scalar means, as github.com/kubernetes-sigs/yaml 1.4 reads it. */
test.each<[string, unknown]>([
  ["yes", true],
  ["y", true],
  ["On", true],
  ["off", false],
  ["N", false],
  ["yEs", "yEs"],
  ["~", null],
  ["Null", null],
  ["nUll", "nUll"],
  ["0123", 83],
  ["089", 89],
  ["0o14", 12],
  ["0x1F", 31],
  ["0b11", 3],
  ["-0b11", -3],
  ["0b2", "0b2"],
  ["1_000", 1000],
  ["_1", "_1"],
  ["1e3", 1000],
  ["-1E-3", -0.001],
  ["1e", "1e"],
  [".5", 0.5],
  ["5.", 5],
  ["1.10", 1.1],
  ["1e400", "1e400"],
  [".inf", null],
  ["1:30", "1:30"],
  ["12:30:45", "12:30:45"],
  ["2020-01-01", "2020-01-01"],
  ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z"],
  ["0.1.0", "0.1.0"],
  ["'yes'", "yes"],
])("reads %s as Kubernetes does", (text, value) => {
  expect(readYaml(`key: ${text}\n`)).toEqual([{ value: { key: value } }]);
});

test("merges maps, and takes the last of two keys, but says so", () => {
  expect(readYaml("base: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\n")[0]?.value).toEqual({
    base: { a: 1, b: 2 },
    more: { a: 1, b: 3 },
  });
  expect(readYaml("a: 1\nmetadata:\n  name: one\n  name: two\n")).toEqual([
    { value: { a: 1, metadata: { name: "two" } }, repeatedKey: "name" },
  ]);
});

test("reads several documents, with the empty ones", () => {
  expect(readYaml("a: 1\n---\n# nothing\n---\nb: 2\n").map(({ value }) => value)).toEqual([
    { a: 1 },
    undefined,
    { b: 2 },
  ]);
});

test.each(["a: [", "a: *unknown", "a: b: c"])("says why it cannot read %s", (text) => {
  expect(readYaml(text)).toEqual([{ value: undefined, error: expect.any(String) }]);
});

test("quotes what any reader takes for something else than text", () => {
  const texts = { a: "yes", b: "0123", c: "0o17", d: "1e3", e: "12:30:45", f: "2020-01-01", g: "null", h: "" };
  expect(writeYaml(texts)).toBe(
    `a: "yes"\nb: "0123"\nc: "0o17"\nd: "1e3"\ne: "12:30:45"\nf: "2020-01-01"\ng: "null"\nh: ""\n`,
  );
});

test("escapes what YAML 1.1 refuses or takes for a line break", () => {
  expect(writeYaml({ a: "\u0085", b: "\u2028", c: "\u007f", d: "\ufeff", e: "\tindented" })).toBe(
    `a: "\\u0085"\nb: "\\u2028"\nc: "\\u007f"\nd: "\\ufeff"\ne: "\\tindented"\n`,
  );
  expect(writeYaml({ "<<": 1 })).toBe(`"<<": 1\n`);
  expect(jsonForYaml({ a: "\u0085\u2028" })).toBe(`{"a":"\\u0085\\u2028"}`);
});

test("writes long and many lines as they are", () => {
  expect(writeYaml({ long: "word ".repeat(40).trim(), lines: "one\n two\n" })).toBe(
    `long: ${"word ".repeat(40).trim()}\nlines: |\n  one\n   two\n`,
  );
});

const scalar = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary-ascii" }),
  fc.constantFrom("<<", "=", "---", "- a", "a: b", "# c", "0_1", "+.5", "\n", " \n", " \n \n", "a\n\n"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

test("reads back whatever it wrote, keys included", () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie("tree")),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("tree")),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), tree, { noNullPrototype: true }), (value) => {
      fc.pre(!JSON.stringify(value).includes("__proto__"));
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(readYaml(writeYaml(plain))[0]?.value ?? {}).toEqual(plain);
    }),
  );
});
