import { checkSchemas } from "../../../../lib/render/checks/check-schema";
import type { KubernetesObject, SourcedObject } from "../../../../lib/render/objects/kubernetes-object";

type Fields = Readonly<Record<string, unknown>>;

/** A definition whose `spec` has these fields. */
function definition(properties: Fields, more: Fields = {}): KubernetesObject {
  const spec = { type: "object", properties, ...more };
  const openAPIV3Schema = { type: "object", properties: { spec, status: { type: "object" } } };
  const versions = [
    { name: "v1", served: true, storage: true, schema: { openAPIV3Schema } },
    { name: "v1beta1", served: false, storage: false, schema: { openAPIV3Schema } },
  ];
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "trees.example.com" },
    spec: { group: "example.com", names: { plural: "trees", kind: "Tree" }, scope: "Namespaced", versions },
  };
}

function tree(spec: unknown, more: Fields = {}): KubernetesObject {
  return { apiVersion: "example.com/v1", kind: "Tree", metadata: { name: "oak" }, spec, ...more };
}

function found(...objects: KubernetesObject[]): string[] {
  const sourced = objects.map((object): SourcedObject => ({ source: "apps/trees", object }));
  return checkSchemas(sourced, "1.35").map(
    ({ severity, path, message, fix }) => `${severity}: ${path} ${message}${fix ? `; ${fix}` : ""}`,
  );
}

const text = { type: "string" };

test.each<[string, Fields, unknown, string[]]>([
  [
    "unknown fields",
    { height: text },
    { heigth: "2m", age: 3 },
    [
      "error: spec.heigth is an unknown field, which the API server drops; did you mean height?",
      "error: spec.age is an unknown field, which the API server drops; remove it",
    ],
  ],
  [
    "fields of an object that lists none",
    { leaf: { type: "object" } },
    { leaf: { color: "red" } },
    ["error: spec.leaf.color is an unknown field, which the API server drops; remove it"],
  ],
  [
    "unknown fields that are kept, but not those of a known one",
    {
      leaf: { type: "object", "x-kubernetes-preserve-unknown-fields": true, properties: { form: { type: "object" } } },
    },
    { leaf: { color: "red", form: { round: true } } },
    ["error: spec.leaf.form.round is an unknown field, which the API server drops; remove it"],
  ],
  [
    "anything, where anything is kept",
    { any: { "x-kubernetes-preserve-unknown-fields": true } },
    { any: [{ a: 1 }] },
    [],
  ],
  [
    "any keys",
    { labels: { type: "object", additionalProperties: text } },
    { labels: { "example.com/a": "b", c: 1 } },
    ["error: spec.labels.c must be a string, is a number; put it in quotes"],
  ],
  [
    "a number or a text",
    {
      port: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, text] },
      age: { "x-kubernetes-int-or-string": true },
    },
    { port: "http", age: 0.5 },
    ["error: spec.age must be a whole number or a string, is a number; put it in quotes"],
  ],
  [
    "null where it is allowed",
    { name: { ...text, nullable: true }, list: { type: "array", items: { ...text, nullable: true } } },
    { name: null, list: [null] },
    [],
  ],
  ["null where it is not, as if it were absent", { name: text }, { name: null }, []],
  [
    "null in a list",
    { names: { type: "array", items: text } },
    { names: ["a", null] },
    ["error: spec.names[1] must be a string, is null"],
  ],
  [
    "limits",
    {
      age: { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 9 },
      name: { ...text, maxLength: 2, enum: ["a", "abc"] },
    },
    { age: 0, name: "abc" },
    ["error: spec.age must be > 0", "error: spec.name must NOT have more than 2 characters"],
  ],
  ["an upper limit", { age: { type: "integer", maximum: 9 } }, { age: 10 }, ["error: spec.age must be <= 9"]],
  [
    "a pattern",
    { name: { ...text, pattern: "^[a-z\\-]+$" } },
    { name: "A" },
    ['error: spec.name must match pattern "^[a-z\\-]+$"'],
  ],
  ["a pattern that JavaScript cannot read", { name: { ...text, pattern: "(?i)^a\\z" } }, { name: "b" }, []],
  [
    "formats",
    {
      key: { ...text, format: "byte" },
      ip: { ...text, format: "ipv4" },
      time: { ...text, format: "date-time" },
      size: { type: "integer", format: "int32" },
      mac: { ...text, format: "mac" },
    },
    { key: "?", ip: "::1", time: "now", size: 3e9, mac: "?" },
    [
      "error: spec.key must be base64",
      "error: spec.ip must be an IPv4 address",
      "error: spec.time must be a time such as 2026-01-31T12:00:00Z",
    ],
  ],
  [
    "a choice",
    {
      one: { type: "object", properties: { a: text, b: text }, oneOf: [{ required: ["a"] }, { required: ["b"] }] },
      any: { type: "object", properties: { a: text }, anyOf: [{ required: ["a"] }] },
      not: { type: "object", properties: { a: text }, not: { required: ["a"] } },
    },
    { one: { a: "1", b: "2" }, any: {}, not: { a: "1" } },
    [
      "error: spec.one must fit exactly one of the schemas that the CRD allows here",
      "error: spec.any must fit one of the schemas that the CRD allows here",
      "error: spec.not must not be what the CRD forbids here",
    ],
  ],
  [
    "a choice between formats that nobody here knows",
    { to: { ...text, oneOf: [{ format: "mac" }, { format: "uuid" }] }, from: { ...text, not: { pattern: "\\Aa" } } },
    { to: "x", from: "b" },
    [],
  ],
  [
    "all conditions",
    { leaf: { type: "object", properties: { a: text }, allOf: [{ properties: { a: { minLength: 2 } } }] } },
    { leaf: { a: "x" } },
    ["error: spec.leaf.a must NOT have fewer than 2 characters"],
  ],
  [
    "a resource in a resource",
    {
      template: {
        type: "object",
        "x-kubernetes-embedded-resource": true,
        "x-kubernetes-preserve-unknown-fields": true,
      },
    },
    { template: { kind: "Pod", metadata: { labels: { a: 1 }, creationTimestamp: null }, spec: {} } },
    [
      "error: spec.template.apiVersion is required",
      "error: spec.template.metadata.labels.a must be a string, is a number; put it in quotes",
    ],
  ],
])("a definition says of %s", (_, properties, spec, expected) => {
  expect(found(definition(properties), tree(spec))).toEqual(expected);
});

test("defaults are there before anything is asked for", () => {
  const type = { ...text, default: "oak" };
  const choice = [{ properties: { type: { enum: ["oak"] } } }, { properties: { type: { not: { enum: ["oak"] } } } }];
  const leaf = { type: "object", default: { form: "round" }, required: ["form"], properties: { form: text } };
  const trees = definition({ type, leaf }, { required: ["type", "leaf"], oneOf: choice });
  expect(found(trees, tree({}), tree({ leaf: null }), tree({ leaf: {} }))).toEqual([
    "error: spec.leaf.form is required",
  ]);
});

test("required counts null as absent, unless null is allowed", () => {
  const trees = definition({ a: text, b: { ...text, nullable: true } }, { required: ["a", "b"] });
  expect(found(trees, tree({ a: null, b: null }))).toEqual(["error: spec.a is required"]);
});

test("metadata and the outermost fields are checked for every kind", () => {
  const metadata = { name: "oak", label: {}, annotations: { a: 1 } as unknown as Record<string, string> };
  const object = tree({}, { metadata, spek: {}, status: { a: 1 } });
  expect(found(definition({}), object)).toEqual([
    "error: spek is an unknown field, which the API server drops; did you mean spec?",
    "error: metadata.label is an unknown field, which the API server drops; did you mean labels?",
    "error: metadata.annotations.a must be a string, is a number; put it in quotes",
  ]);
});

test("a version that the definition does not serve", () => {
  const object = { ...tree({}), apiVersion: "example.com/v1beta1" };
  expect(found(definition({}), object)).toEqual([
    "error: apiVersion the CRD of Tree does not serve example.com/v1beta1; use example.com/v1",
  ]);
});

test("a definition in another release counts", () => {
  const objects = [
    { source: "apps/trees", object: tree({ age: 1 }) },
    { source: "system/crds", object: definition({}) },
  ];
  expect(checkSchemas(objects, "1.35").map(({ source, path }) => [source, path])).toEqual([["apps/trees", "spec.age"]]);
});

test("a definition without a schema, or with one that is none", () => {
  const bare = definition({});
  const versions = [{ name: "v1", served: true, storage: true }];
  const without = { ...bare, spec: { ...(bare.spec as Fields), versions } };
  expect(found(without, tree({}))).toEqual([
    "notice: undefined not checked: no schema for example.com/v1 Tree; add the release that brings its CustomResourceDefinition",
  ]);
  expect(found(definition({ a: { type: "strin" } }), tree({ a: "b" }))).toEqual([
    "warning: kind not checked: its CRD cannot be understood",
  ]);
});

test("kinds that nobody defines are named once for each release", () => {
  const monitor = (name: string) => ({ apiVersion: "monitoring.example.com/v1", kind: "Monitor", metadata: { name } });
  const objects = [
    { source: "apps/a", object: monitor("one") },
    { source: "apps/a", object: monitor("two") },
    { source: "apps/b", object: monitor("three") },
  ];
  const notice = {
    severity: "notice",
    check: "schema",
    message: "not checked: no schema for monitoring.example.com/v1 Monitor",
    fix: "add the release that brings its CustomResourceDefinition",
  };
  expect(checkSchemas(objects, "1.35")).toEqual([
    { ...notice, source: "apps/a" },
    { ...notice, source: "apps/b" },
  ]);
});
