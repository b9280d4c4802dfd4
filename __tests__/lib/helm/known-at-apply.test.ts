import { Token } from "cdktf";
import { isKnownAtApply, knownAtApply } from "../../../lib/helm/known-at-apply";

const token = Token.asString({ resolve: () => "a", creationStack: [], toString: () => "a" });

test("it carries the value and an example, and is told from an object that looks the same", () => {
  const value = knownAtApply(token, { b: 1 });
  expect(value.value).toBe(token);
  expect(value.example).toEqual({ b: 1 });
  expect(isKnownAtApply(value)).toBe(true);
  for (const other of [{ value: "a", example: "b" }, {}, null, undefined, "a", 1, []])
    expect(isKnownAtApply(other)).toBe(false);
});

test("a copy of it is plain data again, and none that Terraform fills in", () => {
  expect(isKnownAtApply({ ...knownAtApply(token, "b") })).toBe(false);
});

test("what is known already is handed on as it is", () => {
  const known: unknown[] = [knownAtApply("https://example.com", "b"), knownAtApply(1, 2), knownAtApply(["a"], ["b"])];
  expect(known).toEqual(["https://example.com", 1, ["a"]]);
});
