import { guarded, type Removal } from "../../../lib/core/removal";

test("what is retained, Terraform refuses to destroy; what may go, it does not", () => {
  expect(guarded("retain")).toEqual({ preventDestroy: true });
  expect(guarded("destroy")).toEqual({ preventDestroy: false });
});

test("the guard keeps the rest of a lifecycle", () => {
  expect(guarded("retain", { createBeforeDestroy: true })).toEqual({ createBeforeDestroy: true, preventDestroy: true });
});

test("the guard cannot be taken off by the rest of a lifecycle", () => {
  expect(guarded("retain", { preventDestroy: false })).toEqual({ preventDestroy: true });
});

test.each(["Destroy", "keep", "", null, undefined])("%j is no permission to destroy", (removal) => {
  expect(guarded(removal as Removal)).toEqual({ preventDestroy: true });
});
