import fc from "fast-check";
import {
  findPods,
  type LabelSelector,
  type Labels,
  notSelected,
  selected,
  selects,
} from "../../../../lib/testing/isolation/label-search";

const KEYS = ["app", "tier"];
const VALUES = ["api", "web"];

/** Every pod with these labels, one more value for each, or none. */
const pods: Labels[] = [undefined, ...VALUES, "third"].flatMap((app) =>
  [undefined, ...VALUES, "third"].map((tier) => ({ ...(app && { app }), ...(tier && { tier }) })),
);

const requirement = fc.record({
  key: fc.constantFrom(...KEYS),
  operator: fc.constantFrom("In" as const, "NotIn" as const, "Exists" as const, "DoesNotExist" as const),
  values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
});
const selector: fc.Arbitrary<LabelSelector> = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 }),
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

test("pods are found if and only if there can be some, and they are as asked", () => {
  fc.assert(
    fc.property(fc.array(selector, { maxLength: 3 }), fc.array(selector, { maxLength: 3 }), (all, none) => {
      const fits = (labels: Labels) =>
        all.every((each) => selects(each, labels)) && !none.some((each) => selects(each, labels));
      const found = findPods([
        ...all.flatMap((each) => selected("from", each)),
        ...none.map((each) => notSelected("from", each)),
      ]);
      expect(found !== undefined).toBe(pods.some(fits));
      if (found) expect(fits(found.from)).toBe(true);
    }),
  );
});

test("labels that are given are all that a pod has", () => {
  const api = { matchLabels: { app: "api" } };
  expect(findPods(selected("to", api), { to: { tier: "web" } })).toBeUndefined();
  expect(findPods(selected("to", api), { to: { app: "api" } })).toEqual({ from: {}, to: { app: "api" } });
});
