import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Faults } from "../../../lib/core/faults";
import { readValuesFile } from "../../../lib/helm/values-file";
import { messageOf } from "../../support/errors";
import { valuesAsHelmReads } from "../../support/helm";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "values-file-"));
  file = relative(process.cwd(), join(folder, "values.yaml"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string | Buffer): unknown {
  writeFileSync(file, text);
  const faults = new Faults("test");
  const content = readValuesFile(faults, "values.file", file);
  faults.throwIfAny();
  return content;
}

test("plain YAML, with its anchors, aliases and merge keys resolved as Helm does", () => {
  const text = [
    "# comment",
    "defaults: &defaults { cpu: 100m, memory: 1Gi }",
    "api: { <<: *defaults, memory: 2Gi }",
    "worker:",
    "  <<: [*defaults, { cpu: 1, disk: 1Gi }]",
    "tolerations: &list [a, b]",
    "again: *list",
    "'<<': written out",
    "text: |",
    "  one",
    "  two",
    "folded: >-",
    "  one",
    "  two",
    "",
  ].join("\n");
  const values = {
    defaults: { cpu: "100m", memory: "1Gi" },
    api: { cpu: "100m", memory: "2Gi" },
    worker: { cpu: "100m", memory: "1Gi", disk: "1Gi" },
    tolerations: ["a", "b"],
    again: ["a", "b"],
    "<<": "written out",
    text: "one\ntwo\n",
    folded: "one two",
  };
  expect(read(text)).toEqual(values);
  expect(valuesAsHelmReads(text)).toEqual(values);
});

test.each([
  ["an empty file", ""],
  ["comments alone", "# nothing\n"],
  ["a document with nothing in it", "---\n"],
  ["null", "null\n"],
])("%s holds nothing", (_, text) => {
  expect(read(text)).toEqual({});
});

test("a file of Windows with a byte order mark is read as any other", () => {
  expect(read("\ufeffa: 1\r\nb: |\r\n  c\r\n")).toEqual({ a: 1, b: "c\n" });
});

test("nothing in it is replaced", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a file may hold
  const values = { a: "${HOME}", b: "{{ .Release.Name }}", c: "%{ if true }", d: "$(HOME)" };
  expect(
    read(
      Object.entries(values)
        .map(([key, value]) => `${key}: "${value}"\n`)
        .join(""),
    ),
  ).toEqual(values);
});

test("keys stay as written", () => {
  expect(read("on: 1\n80: 2\n0644: 3\nnull: 4\n")).toEqual({ on: 1, "80": 2, "0644": 3, null: 4 });
});

test("a file that is not there", () => {
  const faults = new Faults("test");
  expect(readValuesFile(faults, "values[1].file", "values/none.yaml")).toEqual({});
  expect(messageOf(() => faults.throwIfAny())).toBe(
    `'values[1].file' must be a file that exists, got "values/none.yaml" at test`,
  );
});

test("a folder is no file", () => {
  const faults = new Faults("test");
  readValuesFile(faults, "values.file", "charts");
  expect(messageOf(() => faults.throwIfAny())).toBe(`'values.file' must be a file that exists, got "charts" at test`);
});

test.each<[string, string, string, string]>([
  [
    "a bracket that is not closed",
    "a: [1\nb: 2\n",
    ":2:1",
    "must be YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  ["a comma that is missing", "a: ['b' 'c']\n", ":1:9", "must be YAML: Missing , or : between flow sequence items"],
  ["a quote that is not closed", 'a: "1\n', ":2:1", 'must be YAML: Missing closing "quote'],
  ["a mapping within a line", "a: b: c\n", ":1:4", "must be YAML: Nested mappings are not allowed in compact mappings"],
  ["a tab as indentation", "a:\n\tb: 1\n", ":2:1", "must be YAML: Tabs are not allowed as indentation"],
  ["an unknown escape", 'a: "\\q"\n', ":1:5", "must be YAML: Invalid escape sequence \\q"],
  ["a reserved character", "a: @b\n", ":1:4", "must be YAML: Plain value cannot start with reserved character @"],
  ["a key twice", "a:\n  b: 1\n  c: 2\n  b: 3\n", ":4:3", "must be YAML: Map keys must be unique"],
  ["two documents", "a: 1\n---\nb: 2\n", ":2:1", "must be one document"],
  ["a list as key", "a: 1\n? [b]\n: 2\n", ":2:3", "must have text as keys"],
  ["a tag", "a: !Ref b\n", ":1:4", "must be YAML without tags of its own"],
  ["a tag of YAML for bytes", "a: !!binary aGk=\n", ":1:4", "must be YAML without tags of its own"],
  ["a tag of YAML for sets", "a: !!set { b }\n", ":1:4", "must be YAML without tags of its own"],
  ["an alias without its anchor", "a: *b\n", "", "must be YAML whose aliases are few and stand after their anchors"],
  ["a list", "- a\n", "", "must hold keys and values"],
  ["text", "a\n", "", "must hold keys and values"],
  ["a number", "5\n", "", "must hold keys and values"],
])("refuses %s", (_, text, at, rule) => {
  expect(messageOf(() => read(text))).toBe(`'values.file' ${rule}, got "${file}${at}" at test`);
});

test("refuses aliases that blow up", () => {
  const letters = ["a", "b", "c", "d", "e", "f"];
  const lines = letters.map((letter, index) => {
    const before = letters[index - 1];
    return `${letter}: &${letter} [${Array.from({ length: 9 }, () => (before ? `*${before}` : "x")).join(", ")}]\n`;
  });
  expect(messageOf(() => read(lines.join("")))).toBe(
    `'values.file' must be YAML whose aliases are few and stand after their anchors, got "${file}" at test`,
  );
});

test.each([
  ["an alias", "password: *hunter2\n"],
  ["a tag", "password: !hunter2 x\n"],
  ["a token of the parser", "password: }hunter2\n"],
  ["text after a quote", "password: 'a' hunter2\n"],
  ["a key twice", "password: hunter2\npassword: hunter2\n"],
])("no message repeats the text of the file: %s", (_, text) => {
  expect(messageOf(() => read(text))).not.toContain("hunter2");
});

test("every problem of a file has a line of its own", () => {
  expect(messageOf(() => read("a: 1\na: 2\nb: !Ref c\n"))).toBe(
    [
      `'values.file' must be YAML: Map keys must be unique, got "${file}:2:1" at test`,
      `'values.file' must be YAML without tags of its own, got "${file}:3:4" at test`,
    ].join("\n"),
  );
});
