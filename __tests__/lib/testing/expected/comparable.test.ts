import { runInNewContext } from "node:vm";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { rendersNo, rendersTo } from "../../../../lib/testing/rendering/renders-to";
import { countResources, hasNoResource, hasResource } from "../../../../lib/testing/resources/has-resource";
import { testStack } from "../../../support/synth";

const release = { resource: { helm_release: { Queue: { name: "queue", values: ['{"a":{"b":1}}'] } } } };
const configMap = { resource: { kubernetes_config_map_v1: { A: { metadata: { name: "a" }, data: { a: "b" } } } } };
const object = { kind: "ConfigMap", name: "a" };
const rule = "must be a value of JSON, a regular expression or a matcher, got";
const write = "write the value, or a matcher such as expect.stringContaining(...)";

class Values {
  constructor(readonly name: string) {}
}

test.each<[string, unknown, string]>([
  ["a function", (name: string) => name === "queue", `a function; ${write}`],
  ["a matcher that is not called", expect.anything, `a function; ${write}`],
  ["a class", Values, `the class Values; ${write}`],
  ["a symbol", Symbol("queue"), "a symbol; write a text"],
  ["NaN", Number.NaN, "NaN; write a finite number or a text"],
  ["Infinity", Number.POSITIVE_INFINITY, "Infinity; write a finite number or a text"],
  ["a bigint", 1n, "1; write a finite number or a text"],
  ["a Map", new Map([["a", "b"]]), "an instance of Map; write an object: Object.fromEntries(...)"],
  ["a Set", new Set(["queue"]), "an instance of Set; write a list: [...]"],
  ["a Date", new Date(0), "an instance of Date; write its text"],
  ["a Promise", Promise.resolve("queue"), "an instance of Promise; await it"],
  [
    "an object of a class",
    new Values("queue"),
    "an instance of Values; write out what it holds, or the attribute that is meant",
  ],
])("%s is in no stack, wherever it is expected", async (_what, value, told) => {
  for (const check of [hasResource, hasNoResource]) {
    expect(() => check(release, "helm_release", { name: value })).toThrow(
      new Error(`'properties.name' ${rule} ${told}`),
    );
    expect(() => check(release, "helm_release", { values: [{ a: { b: value } }] })).toThrow(
      new Error(`'properties.values[0].a.b' ${rule} ${told}`),
    );
  }
  expect(() => countResources(release, "helm_release", 0, { name: value })).toThrow(
    `'properties.name' ${rule} ${told}`,
  );
  for (const check of [rendersTo, rendersNo])
    await expect(check(configMap, object, { data: { a: value } })).rejects.toThrow(
      new Error(`'fields.data.a' ${rule} ${told}`),
    );
});

test.each<[string, unknown, string]>([
  ["a Map", new Map([["name", "queue"]]), "an instance of Map"],
  ["a Promise", Promise.resolve({ name: "queue" }), "an instance of Promise"],
  ["a function", () => ({ name: "queue" }), "a function"],
  ["a regular expression", /queue/, "an instance of RegExp"],
  ["a matcher", expect.objectContaining({ name: "queue" }), "an instance of ObjectContaining"],
  ["an object of a class", new Values("queue"), "an instance of Values"],
])("%s is no object of properties", async (_what, properties, got) => {
  for (const check of [hasResource, hasNoResource])
    expect(() => check(release, "helm_release", properties as object as never)).toThrow(
      new Error(`'properties' must be an object, got ${got}`),
    );
  for (const check of [rendersTo, rendersNo])
    await expect(check(configMap, object, properties as never)).rejects.toThrow(
      new Error(`'fields' must be an object, got ${got}`),
    );
});

test("objects without a prototype, and those of another context, are plain", () => {
  const bare = Object.assign(Object.create(null), { name: "queue" });
  hasResource(release, "helm_release", bare);
  hasResource(release, "helm_release", runInNewContext('({ name: "queue", values: [{ a: { b: 1 } }] })'));
});

test("an attribute of a construct is compared in a stack, and is not known in what is rendered", async () => {
  const stack = testStack();
  const key = new KmsKey(stack, "Key", {});
  expect(() =>
    hasNoResource(stack, "aws_kms_key", { description: key.arn, deletion_window_in_days: key.id }),
  ).not.toThrow();
  for (const value of [key.arn, key.deletionWindowInDays, key.tags, key])
    await expect(rendersNo(configMap, object, { data: { a: value } })).rejects.toThrow("'fields.data.a' must be ");
  await expect(rendersNo(configMap, object, { data: { a: key.arn } })).rejects.toThrow(
    new Error("'fields.data.a' must be known now, got an attribute of a construct; write the value that is rendered"),
  );
});
