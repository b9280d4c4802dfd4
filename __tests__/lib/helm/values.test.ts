import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { isPlainObject, mergeValues } from "../../../lib/helm/values";
import { valuesAsHelmReads } from "../../support/helm";

test("later layers win: objects are merged, lists and scalars are replaced", () => {
  const base = { image: { repository: "a", tag: "1" }, list: [1, 2], replicas: 1, labels: { a: "b" } };
  const environment = { image: { tag: "2" }, list: [3], labels: "none" };
  const last = { replicas: 3, labels: { c: "d" }, extra: { deep: { er: true } } };
  expect(mergeValues([base, environment, last])).toEqual({
    image: { repository: "a", tag: "2" },
    list: [3],
    replicas: 3,
    labels: { c: "d" },
    extra: { deep: { er: true } },
  });
});

test("no layer gives no values", () => {
  expect(mergeValues([])).toEqual({});
});

test("null stays, and replaces what was there; a later object replaces null", () => {
  const merged = mergeValues([
    { a: { b: 1 }, c: { d: 1 } },
    { a: null, c: { d: null } },
  ]);
  expect(merged).toEqual({ a: null, c: { d: null } });
  expect(mergeValues([merged, { a: { e: 2 } }])).toEqual({ a: { e: 2 }, c: { d: null } });
});

test("a key that is undefined is not there, at any depth, and hides nothing", () => {
  const merged = mergeValues([
    { a: 1, b: { c: 2 } },
    { a: undefined, b: { c: undefined, d: undefined }, e: undefined },
  ]);
  expect(Object.keys(merged)).toEqual(["a", "b"]);
  expect(merged.b).toStrictEqual(Object.assign(Object.create(null), { c: 2 }));
});

test("what is known at apply is a value, and not merged into", () => {
  const value = knownAtApply(["a"], ["example"]);
  expect(mergeValues([{ a: { b: 1 } }, { a: value }]).a).toBe(value);
  expect(mergeValues([{ a: value }, { a: { b: 1 } }]).a).toEqual({ b: 1 });
});

test("keys that JavaScript gives a meaning are keys like others", () => {
  const layer = JSON.parse('{"__proto__":{"a":1},"constructor":{"b":2},"toString":"c"}');
  const merged = mergeValues([layer, JSON.parse('{"__proto__":{"d":3}}')]);
  expect(JSON.stringify(merged)).toBe('{"__proto__":{"a":1,"d":3},"constructor":{"b":2},"toString":"c"}');
});

test("the layers stay as they are", () => {
  const base = { image: { tag: "1" } };
  mergeValues([base, { image: { tag: "2" } }]);
  expect(base).toEqual({ image: { tag: "1" } });
});

test("an object is plain if it is no instance of anything", () => {
  const plain = [{}, Object.create(null), JSON.parse("{}")];
  const others = [null, undefined, [], "a", 1, new Date(0), new Map(), new (class A {})(), knownAtApply("a", "b")];
  expect(plain.map(isPlainObject)).toEqual(plain.map(() => true));
  expect(others.map(isPlainObject)).toEqual(others.map(() => false));
});

test("Helm merges the same way", () => {
  const kinds = [1, "text", true, null, [], [1], {}, { a: 1 }, { a: null, b: { c: 1 } }, { b: { d: 2 } }, { b: [1] }];
  const pairs = kinds.flatMap((before) => kinds.map((after) => [before, after] as const));
  const layers = [0, 1].map((layer) => Object.fromEntries(pairs.map((pair, index) => [`pair${index}`, pair[layer]])));
  expect(mergeValues(layers)).toEqual(valuesAsHelmReads(...layers.map((layer) => JSON.stringify(layer))));
});
