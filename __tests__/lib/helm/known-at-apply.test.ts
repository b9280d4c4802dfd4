import { isKnownAtApply, knownAtApply } from "../../../lib/helm/known-at-apply";

test("it carries the value and an example, and is told from an object that looks the same", () => {
  const value = knownAtApply("a", { b: 1 });
  expect(value.value).toBe("a");
  expect(value.example).toEqual({ b: 1 });
  expect(isKnownAtApply(value)).toBe(true);
  for (const other of [{ value: "a", example: "b" }, {}, null, undefined, "a", 1, []])
    expect(isKnownAtApply(other)).toBe(false);
});

test("a copy of it is plain data again, and none that Terraform fills in", () => {
  expect(isKnownAtApply({ ...knownAtApply("a", "b") })).toBe(false);
});
