import fc from "fast-check";
import { diffObjects } from "../../../../lib/render/diff/diff-objects";
import type { KubernetesObject, SourcedObject } from "../../../../lib/render/objects/kubernetes-object";
import { configMap, deployment, object, sourced } from "./objects";

test("an object is added, removed or changed, and what stays the same is not there", () => {
  const named = (name: string, data: object = {}) => sourced(configMap(data, { name }));
  const base = [named("same"), named("changed", { a: "1" }), named("removed")];
  const head = [named("added"), named("changed", { a: "2" }), named("same")];
  expect(diffObjects(base, head)).toEqual([
    { change: "added", object: "ConfigMap genomics/added", source: "genomics/api", marks: [], fields: [] },
    {
      change: "changed",
      object: "ConfigMap genomics/changed",
      source: "genomics/api",
      marks: [],
      fields: [{ path: "data.a", from: "1", to: "2" }],
    },
    { change: "removed", object: "ConfigMap genomics/removed", source: "genomics/api", marks: [], fields: [] },
  ]);
});

test("another version of the same kind is the same object", () => {
  const scaler = (apiVersion: string) => [sourced(object(apiVersion, "HorizontalPodAutoscaler"))];
  expect(diffObjects(scaler("autoscaling/v1"), scaler("autoscaling/v2"))).toEqual([
    {
      change: "changed",
      object: "autoscaling/HorizontalPodAutoscaler genomics/api",
      source: "genomics/api",
      marks: [],
      fields: [{ path: "apiVersion", from: "autoscaling/v1", to: "autoscaling/v2" }],
    },
  ]);
});

test("the same name in another namespace is another object", () => {
  const inNamespace = (namespace: string) => [{ ...sourced(configMap({})), namespace }];
  expect(diffObjects(inNamespace("a"), inNamespace("b")).map(({ change, object: name }) => [change, name])).toEqual([
    ["removed", "ConfigMap a/api"],
    ["added", "ConfigMap b/api"],
  ]);
});

test("objects of one name belong together by their release", () => {
  const of = (source: string, a: string) => sourced(configMap({ a }), source);
  const base = [of("genomics/one", "1"), of("genomics/two", "2")];
  const head = [of("genomics/two", "2"), of("genomics/three", "3"), of("genomics/one", "1")];
  expect(diffObjects(base, head)).toEqual([
    { change: "added", object: "ConfigMap genomics/api", source: "genomics/three", marks: [], fields: [] },
  ]);
});

test("an object without a name of its own is known by what its name begins with", () => {
  const job = (command: string): SourcedObject => ({
    source: "genomics/api",
    namespace: "genomics",
    object: { apiVersion: "batch/v1", kind: "Job", metadata: { generateName: "load-" }, spec: { command } },
  });
  expect(diffObjects([job("a")], [job("b")]).map(({ object: name, fields }) => [name, fields])).toEqual([
    ["batch/Job genomics/load-*", [{ path: "spec.command", from: "a", to: "b" }]],
  ]);
});

test("sorted by release, then by identity, whatever the order before", () => {
  const objects = [
    sourced(configMap({}, { name: "b" }), "genomics/web"),
    sourced(configMap({}, { name: "c" }), "genomics/api"),
    sourced(configMap({}, { name: "a" }), "genomics/web"),
    sourced(object("v1", "Namespace", {}, { name: "genomics" }), "platform"),
  ];
  const names = (changes: ReturnType<typeof diffObjects>) => changes.map(({ object: name }) => name);
  const expected = ["ConfigMap genomics/c", "ConfigMap genomics/a", "ConfigMap genomics/b", "Namespace genomics"];
  expect(names(diffObjects([], objects))).toEqual(expected);
  expect(names(diffObjects([], [...objects].reverse()))).toEqual(expected);
});

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: "apps/v1",
  Role: "rbac.authorization.k8s.io/v1",
  NetworkPolicy: "networking.k8s.io/v1",
};

/** Objects with few names, so that they meet, and anything inside. */
const anyObject: fc.Arbitrary<SourcedObject> = fc
  .record({
    kind: fc.constantFrom(
      "ConfigMap",
      "Secret",
      "Deployment",
      "Role",
      "NetworkPolicy",
      "PersistentVolumeClaim",
      "Namespace",
    ),
    name: fc.constantFrom("a", "b"),
    source: fc.constantFrom("genomics/api", "genomics/web", "platform"),
    spec: fc.jsonValue({ maxDepth: 3 }),
    data: fc.dictionary(fc.constantFrom("a", "b"), fc.jsonValue({ maxDepth: 2 })),
    list: fc.array(fc.record({ name: fc.constantFrom("x", "y", "z"), value: fc.jsonValue({ maxDepth: 1 }) }), {
      maxLength: 4,
    }),
    labels: fc.dictionary(
      fc.constantFrom("app", "pod-security.kubernetes.io/enforce"),
      fc.constantFrom("baseline", "x"),
    ),
  })
  .map(({ kind, name, source, spec, data, list, labels }) => {
    const made: KubernetesObject = {
      apiVersion: API_VERSIONS[kind] ?? "v1",
      kind,
      metadata: { name, labels },
      spec,
      data,
      rules: list,
    };
    return sourced(made, source);
  });
const anyObjects = fc.array(anyObject, { maxLength: 6 });

test("property: nothing differs from itself, in whatever order", () => {
  fc.assert(
    fc.property(anyObjects, (objects) => {
      expect(diffObjects(objects, structuredClone(objects).reverse())).toEqual([]);
    }),
  );
});

test("property: the way back turns added into removed, and old into new", () => {
  const turned = { added: "removed", removed: "added", changed: "changed" } as const;
  const shown = (changes: object[]) => changes.map((change) => JSON.stringify(change)).sort();
  fc.assert(
    fc.property(anyObjects, anyObjects, (base, head) => {
      const there = diffObjects(base, head).map(({ change, object: name, fields }) => ({ change, name, fields }));
      const back = diffObjects(head, base).map(({ change, object: name, fields }) => ({
        change: turned[change],
        name,
        fields: fields.map(({ path, from, to, hidden, order }) => {
          const was = { path, from: to, to: from, hidden: hidden && turned[hidden], order };
          return Object.fromEntries(Object.entries(was).filter(([, value]) => value !== undefined));
        }),
      }));
      expect(shown(back)).toEqual(shown(there));
    }),
  );
});

test("property: no value of a Secret comes out, whatever it looks like", () => {
  const value = fc.string({ minLength: 1 }).map((text) => `TOP-${text}-SECRET`);
  const content = fc.oneof(
    value,
    fc.array(value),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(value, fc.array(value), fc.record({ a: value }))),
    fc.constant(undefined),
  );
  const secrets = fc
    .record({ data: content, stringData: content })
    .map((fields) => [sourced(object("v1", "Secret", fields))]);
  fc.assert(
    fc.property(fc.oneof(secrets, fc.constant([])), secrets, (base, head) => {
      expect(JSON.stringify(diffObjects(base, head))).not.toContain("SECRET");
    }),
  );
});

test("a large object is compared in a moment", () => {
  const container = (index: number) => ({
    name: `c${index}`,
    image: `a:${index}`,
    env: [{ name: "A", value: `${index}` }],
  });
  const large = (add: number) => {
    const containers = Array.from({ length: 2000 }, (_, index) => ({ ...container(index), image: `a:${index + add}` }));
    return [sourced(deployment({ pod: { containers } }))];
  };
  const [change] = diffObjects(large(0), large(1));
  expect(change?.fields).toHaveLength(2000);
});
