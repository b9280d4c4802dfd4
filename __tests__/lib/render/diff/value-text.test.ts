import { changedParts, imageReference, newPart } from "../../../../lib/render/diff/image";
import { arrowText, lineDiff } from "../../../../lib/render/diff/value-text";
import { visibleText } from "../../../../lib/render/diff/visible-text";

test.each<[unknown, unknown, string | undefined]>([
  [2, 3, "2 → 3"],
  ["2", 2, '"2" → 2'],
  ["100m", "0.5", '100m → "0.5"'],
  ["", "yes", '"" → "yes"'],
  [undefined, true, "(none) → true"],
  ["a b", undefined, "a b → (none)"],
  ["a: b", " c", '"a: b" → " c"'],
  [["a", "b"], [1, { c: "d" }], "[a, b] → [1, {c: d}]"],
  [{}, [], "{} → []"],
  ["one\ntwo", "one", undefined],
  [["a".repeat(60)], [], undefined],
  [
    `${"a".repeat(200)}1${"b".repeat(200)}`,
    `${"a".repeat(200)}22${"b".repeat(200)}`,
    `…${"a".repeat(30)}1${"b".repeat(30)}… → …${"a".repeat(30)}22${"b".repeat(30)}…`,
  ],
  ["x", "y".repeat(500), `x → ${"y".repeat(120)}…`],
])("on a line: %p and %p", (from, to, text) => {
  expect(arrowText(from, to)).toBe(text);
});

test.each<[string, unknown, unknown, string[]]>([
  ["a short text", "one\ntwo\n", "one\n2\n", ["  one", "- two", "+ 2"]],
  ["a text without an end of its last line", "one", "one\n", ["- one", "\\  No newline at end of file", "+ one"]],
  ["a new text", undefined, "one\ntwo\n", ["+ one", "+ two"]],
  ["a text that is gone", "one\n", undefined, ["- one"]],
  [
    "maps, in the order of their keys",
    { b: ["x"], a: "1" },
    { a: "1", b: ["x", "z"] },
    ['  a: "1"', "  b:", "    - x", "+   - z"],
  ],
  [
    "lists, an item a line",
    [{ verbs: ["get"], groups: [""] }, { verbs: ["list"] }],
    [{ verbs: ["get", "list"], groups: [""] }, { verbs: ["list"] }],
    ['- {groups: [""], verbs: [get]}', '+ {groups: [""], verbs: [get, list]}', "  {verbs: [list]}"],
  ],
  [
    "long items, as YAML",
    [{ a: "a".repeat(110), b: 1 }],
    [{ a: "a".repeat(110), b: 2 }],
    [`  a: ${"a".repeat(110)}`, "- b: 1", "+ b: 2"],
  ],
  [
    "the middle of a long text",
    "1\n2\n3\n4\n5\n6\n7\n8\n",
    "1\n2\n3\n4\nfive\n6\n7\n8\n",
    ["@@ -2,7 +2,7 @@", "  2", "  3", "  4", "- 5", "+ five", "  6", "  7", "  8"],
  ],
])("line by line: %s", (_, from, to, lines) => {
  expect(lineDiff(from, to)).toEqual(lines);
});

test("texts that have nothing in common are shown one after the other", () => {
  const text = (mark: string) => `${Array.from({ length: 3000 }, (_, index) => `${mark}${index}`).join("\n")}\n`;
  const lines = lineDiff(text("a"), text("b"));
  expect([lines.length, lines[0], lines[2999], lines[3000], lines[5999]]).toEqual([
    6000,
    "- a0",
    "- a2999",
    "+ b0",
    "+ b2999",
  ]);
});

test("what cannot be seen, or plays with the terminal, is written out", () => {
  expect(visibleText("a\tb\u001b[31mc\u202ed\r\u{e0041}é 中 👍")).toBe(
    "a\tb\\u{1b}[31mc\\u{202e}d\\u{d}\\u{e0041}é 中 👍",
  );
});

test.each([
  ["api", { repository: "api" }],
  ["localhost:5000/api", { repository: "localhost:5000/api" }],
  ["registry.example.com:5000/team/api:1.2", { repository: "registry.example.com:5000/team/api", tag: "1.2" }],
  ["api:1.2@sha256:ab", { repository: "api", tag: "1.2", digest: "sha256:ab" }],
])("the parts of the image %s", (image, parts) => {
  expect(imageReference(image)).toEqual(parts);
});

test.each([
  ["a:1", "a:2", ["tag"], "2"],
  ["a@sha256:1", "a@sha256:2", ["digest"], "sha256:2"],
  ["a:1@sha256:1", "a:2@sha256:2", ["tag", "digest"], "2@sha256:2"],
  ["a:1", "b:1", ["repository"], "b:1"],
  ["a", "a:1", ["tag"], "a:1"],
  ["a:1@sha256:1", "a:1", ["digest"], "a:1"],
])("from the image %s to %s", (from, to, parts, shown) => {
  expect([changedParts(from, to), newPart(from, to)]).toEqual([parts, shown]);
});
