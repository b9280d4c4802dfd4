import { Faults } from "../../../lib/core/faults";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import {
  checkShape,
  isKnownChart,
  type KnownChart,
  type ValuesOf,
  type ValuesShape,
} from "../../../lib/helm/known-chart";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const shape = {
  replicas: "number",
  logLevel: "string",
  debug: "boolean",
  port: "scalar",
  image: { repository: "string", tag: "scalar", pull: { policy: "string" } },
  podLabels: "map",
  tolerations: "list",
  affinity: "any",
} as const satisfies ValuesShape;

function check(values: unknown, of: ValuesShape = shape): void {
  const faults = new Faults("test");
  checkShape(faults, "values", of, values);
  faults.throwIfAny();
}

test.each<[string, unknown]>([
  ["nothing", {}],
  [
    "every key with a value of its type",
    {
      replicas: 2,
      logLevel: "info",
      debug: false,
      port: 8080,
      image: { repository: "a", tag: 1.2, pull: { policy: "Always" } },
      podLabels: { a: { b: [1] } },
      tolerations: [{ a: 1 }],
      affinity: "anything",
    },
  ],
  ["a scalar of each kind", { port: "http", image: { tag: true } }],
  ["null anywhere: it takes a default away", { replicas: null, image: null, podLabels: null, tolerations: null }],
  [
    "what is known at apply anywhere",
    { replicas: knownAtApply(aToken(), 2), image: { repository: knownAtApply(aToken(), "a") } },
  ],
])("takes %s", (_, values) => {
  expect(() => check(values)).not.toThrow();
});

test.each<[string, unknown, string]>([
  [
    "a key in another case",
    { Replicas: 1 },
    `'values.Replicas' is not a key of the chart at test; did you mean "replicas"?`,
  ],
  [
    "a letter too much",
    { podLabel: {} },
    `'values.podLabel' is not a key of the chart at test; did you mean "podLabels"?`,
  ],
  [
    "a nested key",
    { image: { pull: { polizy: "Always" } } },
    `'values.image.pull.polizy' is not a key of the chart at test; did you mean "policy"?`,
  ],
  [
    "a key that is like no other",
    { ingress: { enabled: true } },
    "'values.ingress' is not a key of the chart at test; known are replicas, logLevel, debug, port, image, podLabels, tolerations, affinity",
  ],
  [
    "a key that every object has",
    { constructor: 1 },
    "'values.constructor' is not a key of the chart at test; known are replicas, logLevel, debug, port, image, podLabels, tolerations, affinity",
  ],
  ["text for a number", { replicas: "2" }, "'values.replicas' must be a number, not text at test"],
  ["a number for text", { logLevel: 2 }, "'values.logLevel' must be text, not a number at test"],
  ["text for true", { debug: "true" }, "'values.debug' must be true or false, not text at test"],
  [
    "an object for a scalar",
    { port: {} },
    "'values.port' must be text, a number, true or false, not an object at test",
  ],
  ["a list for a scalar", { port: [] }, "'values.port' must be text, a number, true or false, not a list at test"],
  ["a list for a map", { podLabels: ["a"] }, "'values.podLabels' must be an object, not a list at test"],
  ["an object for a list", { tolerations: {} }, "'values.tolerations' must be a list, not an object at test"],
  ["text for an object", { image: "hunter2" }, "'values.image' must be an object, not text at test"],
  ["true for an object", { image: { pull: true } }, "'values.image.pull' must be an object, not a boolean at test"],
])("refuses %s, and does not show the value", (_, values, message) => {
  expect(messageOf(() => check(values))).toBe(message);
});

test("of many keys none is listed", () => {
  const many = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`key${index}`, "any"])) as ValuesShape;
  expect(messageOf(() => check({ ingress: 1 }, many))).toBe(
    "'values.ingress' is not a key of the chart at test; see the chart's values",
  );
});

test("all faults at once, a line each", () => {
  expect(messageOf(() => check({ replica: 1, image: { tag: [] } }))).toBe(
    [
      `'values.replica' is not a key of the chart at test; did you mean "replicas"?`,
      "'values.image.tag' must be text, a number, true or false, not a list at test",
    ].join("\n"),
  );
});

test("a chart is known if its keys are, wherever it lies", () => {
  const known = { shape, crds: "templates" } as const;
  expect(isKnownChart({ path: "charts/api", ...known })).toBe(true);
  expect(isKnownChart({ repository: "https://charts.example.com", name: "api", version: "1.2.3", ...known })).toBe(
    true,
  );
  expect(isKnownChart({ path: "charts/api" })).toBe(false);
});

// What follows is checked by the compiler: a wrong key or type that compiled would be an unused directive.

type Values = ValuesOf<typeof shape>;

const all: Values = {
  replicas: 2,
  logLevel: null,
  debug: knownAtApply(aToken(), true),
  port: "http",
  image: { repository: "a", tag: 1, pull: { policy: "Always" } },
  podLabels: { a: { b: 1 } },
  tolerations: [{ key: "a" }],
  affinity: {},
};
const none: Values = {};
const empty: Values = { replicas: undefined, image: undefined };
// @ts-expect-error: no key of the chart
const wrongKey: Values = { replicaCount: 2 };
// @ts-expect-error: no key of the chart, further inside
const wrongNested: Values = { image: { pull: { polizy: "Always" } } };
// @ts-expect-error: text for a number
const wrongType: Values = { replicas: "2" };
// @ts-expect-error: a list for a map
const wrongMap: Values = { podLabels: ["a"] };
// @ts-expect-error: an object for a list
const wrongList: Values = { tolerations: {} };
// @ts-expect-error: an object for a scalar
const wrongScalar: Values = { port: {} };

test("what the compiler refuses is refused at synth too, and the other way round", () => {
  for (const values of [all, none]) expect(() => check(values)).not.toThrow();
  expect(empty).toEqual({});
  for (const values of [wrongKey, wrongNested, wrongType, wrongMap, wrongList, wrongScalar]) {
    expect(() => check(values)).toThrow();
  }
});

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Replicas = Values["replicas"];
const replicasAreNumbers: Equal<Extract<Replicas, string | number | boolean>, number> = true;
const chart: KnownChart = { path: "charts/api", shape, crds: "templates" };

test("types stay narrow: a number is a number and no text, and a chart of any shape is a known chart", () => {
  expect(replicasAreNumbers).toBe(true);
  expect(chart.crds).toBe("templates");
});
