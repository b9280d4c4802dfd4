import fc from "fast-check";
import { parse } from "yaml";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { valuesDocument } from "../../../lib/helm/values-document";
import { terraformReads, valuesAsHelmReads } from "../../support/helm";
import { aToken } from "../../support/tokens";

type Values = Readonly<Record<string, unknown>>;

function read(text: string): unknown {
  return parse(terraformReads(text));
}

/** Text that means something to Terraform, YAML, JSON or Helm, among other text. */
const marks = [
  ...["$", "%", "{", "}", "${", "%{", "$${", "%%{", "~}", '"', "'", "\\", "\\u0000", "{{ .Values }}", "`"],
  ...[
    "\n",
    "\r\n",
    "\t",
    "\u0001",
    "\u0085",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\u007f",
    "\u009f",
    "\u00a0",
  ],
  ...["a", " ", "é", "😀", "𐀀", "---\n", "...", "# ", ": ", "- ", "? ", "<<", "*a", "&a ", "!!int ", "|\n", "@", ","],
  ...["0644", "1e3", "yes", "null", "~", "12345678901234567890", "1_000", "0x1f", "22:22", "2001-12-14", ".inf"],
];
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...marks), { maxLength: 5 }).map((parts) => parts.join("")),
  )
  .filter((each) => !each.includes("\u0000"));
const numbers = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter((number) => !Object.is(number, -0) && (!Number.isInteger(number) || Number.isSafeInteger(number)));
const scalars = fc.oneof(text, numbers, fc.boolean(), fc.constant(null));
const plainData = fc.dictionary(
  text,
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalars, tie("list"), tie("object")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  })).value,
  { maxKeys: 5 },
) as fc.Arbitrary<Values>;

test("property: whatever plain data goes in, the document that Terraform hands on holds the same", () => {
  fc.assert(
    fc.property(plainData, (values) => {
      expect(read(valuesDocument(values).text)).toEqual({ ...values });
    }),
    { numRuns: 1000 },
  );
});

test("property: Helm reads the same", () => {
  const samples = fc.sample(plainData, { numRuns: 300, seed: 1 });
  const values = Object.fromEntries(samples.map((sample, index) => [`sample${index}`, { ...sample }]));
  expect(valuesAsHelmReads(terraformReads(valuesDocument(values).text))).toEqual(values);
});

test("property: the order of keys in code does not matter", () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, reversed(item)]),
    );
  };
  fc.assert(
    fc.property(plainData, (values) => {
      expect(valuesDocument(reversed(values) as Values).text).toBe(valuesDocument(values).text);
    }),
  );
});

test("property: no template of Terraform is left open in a document without expressions", () => {
  fc.assert(
    fc.property(plainData, (values) => {
      const marksLeft = valuesDocument(values).text.replaceAll("$${", " ").replaceAll("%%{", " ");
      expect(marksLeft).not.toMatch(/[$%]\{/);
    }),
  );
});

test("the document is JSON with a line for each value, and its keys in order", () => {
  const values = { replicas: 2, image: { tag: "1", repository: "a" }, list: [1, { b: [], a: {} }], none: null };
  expect(valuesDocument(values)).toEqual({
    text: `{
  "image": {
    "repository": "a",
    "tag": "1"
  },
  "list": [
    1,
    {
      "a": {},
      "b": []
    }
  ],
  "none": null,
  "replicas": 2
}`,
  });
});

test("one changed value is one changed line", () => {
  const values = { replicas: 1, image: { repository: "a", tag: "1" }, list: ["a", "b"] };
  const [before = [], after = []] = [values, { ...values, image: { ...values.image, tag: "2" } }].map((each) =>
    valuesDocument(each).text.split("\n"),
  );
  expect(after).toHaveLength(before.length);
  expect(after.filter((line, index) => line !== before[index])).toEqual(['    "tag": "2"']);
});

test.each<[string, unknown, string]>([
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  ["a variable of a program", "${env:HOME} and ${x}${y}", '"$${env:HOME} and $${x}$${y}"'],
  ["a directive of Terraform", "%{ if true }", '"%%{ if true }"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  ["a mark that is escaped already", "$${kept}", '"$$${kept}"'],
  ["marks that mean nothing", "100% of $5 {}", '"100% of $5 {}"'],
  ["line breaks", "a\nb\r\n", String.raw`"a\nb\r\n"`],
  ["a line break of Unicode", "a\u2028b\u0085c", String.raw`"a\u2028b\u0085c"`],
  ["a control character", "a\u007fb\u009f", String.raw`"a\u007fb\u009f"`],
  ["a byte order mark", "\ufeffa", String.raw`"\ufeffa"`],
  ["an emoji", "😀", '"😀"'],
  ["text that looks like a number", "1e3", '"1e3"'],
  ["text that looks like yes", "on", '"on"'],
  ["a placeholder of this document", '"\\u00000\\u0000"', String.raw`"\"\\u00000\\u0000\""`],
  ["a long whole number", 9007199254740991, "9007199254740991"],
])("writes %s so that it arrives as it is", (_, value, line) => {
  const { text: written } = valuesDocument({ value });
  expect(written).toBe(`{\n  "value": ${line}\n}`);
  expect(read(written)).toEqual({ value });
});

test("what is known at apply is written by Terraform, and stands as an example beside it", () => {
  const values = {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
    plain: "${kept}",
    role: knownAtApply(aToken(), "arn:aws:iam::111122223333:role/api"),
    list: [1, { zones: knownAtApply(aToken(), ["eu-west-3a"]), b: null }],
  };
  const document = valuesDocument(values);
  expect(document.text).toMatch(
    /^\{\n {2}"list": \[\n {4}1,\n {4}\{\n {6}"b": null,\n {6}"zones": \$\{TfToken\[\w+\.\d+\]\}\n {4}\}\n {2}\],\n {2}"plain": "\$\$\{kept\}",\n {2}"role": \$\{TfToken\[\w+\.\d+\]\}\n\}$/,
  );
  expect(document.example).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
    plain: "${kept}",
    role: "arn:aws:iam::111122223333:role/api",
    list: [1, { zones: ["eu-west-3a"], b: null }],
  });
});

test("a key that looks like a placeholder of this document stays a key", () => {
  const { text: written } = valuesDocument({ "\\u00000\\u0000": 1, role: knownAtApply(aToken(), "a") });
  expect(written).toContain(String.raw`"\\u00000\\u0000": 1`);
});
