import { compareValues, leavesBelow, meantKey, without } from "../../../../lib/render/checks/unknown-values";

const chart = {
  defaults: { replicas: 1, image: { tag: "1" }, nodeSelector: {}, extra: null, args: ["a"], labels: { a: "1" } },
  switches: ["redis.enabled"],
};

test.each<[string, object, { unknown?: string[]; changed?: string[] }]>([
  ["a key that the chart does not have", { replicaCount: 1 }, { unknown: ["replicaCount"] }],
  ["the chart's own value", { replicas: 1, args: ["a"] }, {}],
  ["another value", { replicas: 2, args: ["a", "b"] }, { changed: ["replicas", "args"] }],
  ["a key in a map", { image: { tag: "1", digest: "x" } }, { unknown: ["image.digest"] }],
  ["all below an unknown key as one", { images: { a: 1, b: { c: 2 } } }, { unknown: ["images"] }],
  [
    "what an empty map or null takes",
    { nodeSelector: { disk: "ssd" }, extra: { a: { b: 1 } } },
    { changed: ["nodeSelector.disk", "extra.a.b"] },
  ],
  ["what switches a subchart", { redis: { enabled: true } }, { changed: ["redis.enabled"] }],
  ["tags of subcharts", { tags: { cache: true } }, { changed: ["tags.cache"] }],
  ["a map in place of a value", { replicas: { min: 1 } }, { changed: ["replicas.min"] }],
  ["nothing in place of a value", { replicas: null }, { changed: ["replicas"] }],
])("compares %s", (_, values, { unknown = [], changed = [] }) => {
  const compared = compareValues(values as Record<string, unknown>, chart);
  expect(compared.unknown.map((path) => path.join("."))).toEqual(unknown);
  expect(compared.changed.map((path) => path.join("."))).toEqual(changed);
});

test("a value is taken out, and the map around it stays", () => {
  const values = { a: { b: { c: 1 }, d: [1] } };
  expect(without(values, ["a", "b", "c"])).toEqual({ a: { b: {}, d: [1] } });
  expect(without(values, ["a", "d"])).toEqual({ a: { b: { c: 1 } } });
  expect(without(values, ["x", "y"])).toEqual(values);
  expect(values).toEqual({ a: { b: { c: 1 }, d: [1] } });
});

test("leaves are what is no map: lists are one", () => {
  const values = { a: { b: { c: 1 }, d: [{ e: 1 }] }, f: null };
  expect(leavesBelow(values, ["a"])).toEqual([
    ["a", "b", "c"],
    ["a", "d"],
  ]);
  expect(leavesBelow(values, ["f"])).toEqual([["f"]]);
});

test("the key that was meant stands beside the wrong one", () => {
  expect(meantKey(["replica"], chart)).toBe("replicas");
  expect(meantKey(["image", "Tag"], chart)).toBe("tag");
  expect(meantKey(["image", "repository"], chart)).toBeUndefined();
  expect(meantKey(["nowhere", "tag"], chart)).toBeUndefined();
});
