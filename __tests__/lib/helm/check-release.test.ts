import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Faults } from "../../../lib/core/faults";
import { checkHelmRelease } from "../../../lib/helm/check-release";
import type { HelmReleaseOptions } from "../../../lib/helm/release-props";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const chart = { repository: "https://charts.example.com", name: "api", version: "1.2.3" };
const NAME = "must be lower-case letters, digits and '-', the first and last no '-'";
const OWN = "use a namespace of its own, or say why in 'systemNamespaceReason'";
const LAYER = "must be an object of values, or of one key 'file'";
const reason = "the cluster looks for it there";

function check(options: Partial<HelmReleaseOptions>, namespaceName = "genomics"): Record<string, unknown> {
  const faults = new Faults("test");
  const values = checkHelmRelease(faults, { releaseName: "api", chart, ...options }, namespaceName, (name) => name);
  faults.throwIfAny();
  return values;
}

test.each<[string, Partial<HelmReleaseOptions>]>([
  ["no more than it must have", {}],
  ["a name of one letter", { releaseName: "a" }],
  ["a name of 53 characters", { releaseName: "a".repeat(53) }],
  ["the shortest time", { timeoutSeconds: 1 }],
  ["the longest time", { timeoutSeconds: 3600 }],
  ["one revision", { maxHistory: 1 }],
  ["a hundred revisions", { maxHistory: 100 }],
  ["no wait, if nothing is taken back", { wait: false, atomic: false }],
  ["wait without taking back", { atomic: false }],
])("takes %s", (_, options) => {
  expect(check(options)).toEqual({});
});

test("takes a namespace of Kubernetes with a reason, and any other without", () => {
  for (const name of ["kube-system", "default"]) expect(check({ systemNamespaceReason: reason }, name)).toEqual({});
  for (const name of ["genomics", "default-api", "kube"]) expect(check({}, name)).toEqual({});
});

test.each<[string, Partial<HelmReleaseOptions>, string]>([
  ["a name with capitals", { releaseName: "Api" }, `'releaseName' ${NAME}, got "Api" at test`],
  ["a name with a dot", { releaseName: "api.v1" }, `'releaseName' ${NAME}, got "api.v1" at test`],
  ["a name that ends in -", { releaseName: "api-" }, `'releaseName' ${NAME}, got "api-" at test`],
  [
    "no name",
    { releaseName: "" },
    `'releaseName' ${NAME}, got "" at test\n'releaseName' must have 1 to 53 characters, has 0, got "" at test`,
  ],
  [
    "a name of 54 characters",
    { releaseName: "a".repeat(54) },
    `'releaseName' must have 1 to 53 characters, has 54, got "${"a".repeat(54)}" at test`,
  ],
  [
    "a name known at apply",
    { releaseName: aToken() },
    "'releaseName' must be known at synth, got a token at test; write the value itself instead of another resource's attribute",
  ],
  ["no time", { timeoutSeconds: 0 }, "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test"],
  [
    "more than an hour",
    { timeoutSeconds: 3601 },
    "'timeoutSeconds' must be a whole number from 1 to 3600, got 3601 at test",
  ],
  ["half a second", { timeoutSeconds: 0.5 }, "'timeoutSeconds' must be a whole number from 1 to 3600, got 0.5 at test"],
  ["unlimited revisions", { maxHistory: 0 }, "'maxHistory' must be a whole number from 1 to 100, got 0 at test"],
  ["too many revisions", { maxHistory: 101 }, "'maxHistory' must be a whole number from 1 to 100, got 101 at test"],
  [
    "taking back without a wait",
    { wait: false },
    "'atomic' must be false without 'wait', got true at test; a release is not taken back unseen",
  ],
  [
    "a reason for a namespace that needs none",
    { systemNamespaceReason: reason },
    `'systemNamespaceReason' must not be given here, got "${reason}" at test; remove it`,
  ],
  [
    "a chart that is not pinned",
    { chart: { ...chart, version: "1.2" } },
    `'chart.version' must be one exact version, got "1.2" at test; for example "3.13.1": a range or a tag that moves installs something else tomorrow`,
  ],
])("refuses %s", (_, options, message) => {
  expect(messageOf(() => check(options))).toBe(message);
});

test.each(["default", "kube-system", "kube-public", "kube-node-lease"])(
  "refuses the namespace %s without a reason",
  (name) => {
    expect(messageOf(() => check({}, name))).toBe(
      `'namespace' must not be one of Kubernetes itself, got "${name}" at test; ${OWN}`,
    );
  },
);

test("a reason says something", () => {
  expect(messageOf(() => check({ systemNamespaceReason: " because  " }, "kube-system"))).toBe(
    `'systemNamespaceReason' must have 10 to 500 characters, has 7, got "because" at test`,
  );
});

test("the namespace's name is known at synth", () => {
  expect(messageOf(() => check({}, aToken()))).toBe(
    "'namespace' must be known at synth, got a token at test; write the value itself instead of another resource's attribute",
  );
});

const known = { ...chart, crds: "templates", shape: { replicas: "number", image: { tag: "string" } } } as const;

test("of a known chart the keys are checked, after all layers are merged", () => {
  expect(check({ chart: known, values: [{ replicas: 1 }, { replicas: 2, image: { tag: undefined } }] })).toEqual({
    replicas: 2,
    image: {},
  });
  expect(messageOf(() => check({ chart: known, values: [{ replicas: 1 }, { replica: 2, image: { tag: 1 } }] }))).toBe(
    [
      `'values.replica' is not a key of the chart at test; did you mean "replicas"?`,
      "'values.image.tag' must be text, not a number at test",
    ].join("\n"),
  );
});

test("of a known chart it says how CRDs come in, unless the release does", () => {
  const wrong = { ...known, crds: "never" as "templates" };
  const message = `'crds' must be one of "templates", "elsewhere", "install-once", got "never" at test`;
  expect(messageOf(() => check({ chart: wrong }))).toBe(message);
  expect(check({ chart: wrong, crds: "elsewhere" })).toEqual({});
});

test("secrets are looked for in what is installed: a layer that replaces one is enough", () => {
  expect(messageOf(() => check({ values: [{ auth: { password: "hunter2" } }, { auth: { user: "api" } }] }))).toBe(
    `'values.auth.password' must not be a secret written out at test; put it into a Secret (External Secrets, or made before the release) and give the chart its name, often \`existingSecret\`; if it is none, say why in notSecret: { "auth.password": "..." }`,
  );
  expect(check({ values: [{ auth: { password: "hunter2" } }, { auth: { password: null } }] })).toEqual({
    auth: { password: null },
  });
});

test("layers are objects and files, later ones win", () => {
  const folder = mkdtempSync(join(tmpdir(), "check-release-"));
  const file = join(folder, "values.yaml");
  try {
    writeFileSync(file, "image: { tag: '2' }\nlist: [3]\nmode: 0644\n");
    const base = { image: { repository: "a", tag: "1" }, list: [1, 2], removed: { a: 1 } };
    expect(check({ values: [base, { removed: null }, { file }] })).toEqual({
      image: { repository: "a", tag: "2" },
      list: [3],
      mode: 420,
      removed: null,
    });
    expect(check({ values: { file } })).toEqual({ image: { tag: "2" }, list: [3], mode: 420 });
    expect(check({ values: { file, tag: "1" } })).toEqual({ file, tag: "1" });
    writeFileSync(file, "a: &a { b: *a }\nn: .inf\n");
    expect(messageOf(() => check({ values: [base, { file }] }))).toBe(
      [
        "'values[1].a.b' must not contain itself at test",
        `'values[1].n' must be plain data, got "NaN" at test; JSON has no such number`,
      ].join("\n"),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[string, unknown, string]>([
  ["a list of something else", ["a"], `'values[0]' ${LAYER} at test`],
  ["null", null, `'values' ${LAYER} at test`],
  ["text", "replicas: 1", `'values' ${LAYER} at test`],
  ["a layer that is not there", [{}, undefined], `'values[1]' ${LAYER} at test`],
  ["a map", new Map([["a", 1]]), `'values' ${LAYER} at test`],
  ["a list within the list", [[{}]], `'values[0]' ${LAYER} at test`],
  [
    "a file that is not there",
    [{}, { file: "values/none.yaml" }],
    `'values[1].file' must be a file that exists, got "values/none.yaml" at test`,
  ],
  [
    "a function in a layer",
    [{}, { a: () => 1 }],
    `'values[1].a' must be plain data, got "function" at test; use text, numbers, true, false, null, lists and objects`,
  ],
])("refuses as values %s", (_, values, message) => {
  expect(messageOf(() => check({ values: values as HelmReleaseOptions["values"] }))).toBe(message);
});

test("values that are no plain data are not looked into for anything else", () => {
  const circle: Record<string, unknown> = { password: "hunter2" };
  circle.again = circle;
  const values = circle as HelmReleaseOptions["values"];
  expect(messageOf(() => check({ chart: known, values }))).toBe("'values.again' must not contain itself at test");
});

test("all faults at once, with the names that the caller gives", () => {
  const faults = new Faults("environments.ts");
  const options = { releaseName: "Api", chart: { path: "charts/none" }, timeoutSeconds: 0, values: { a: [undefined] } };
  checkHelmRelease(faults, options, "kube-system", (name) => `dev.releases.api.${name}`);
  expect(messageOf(() => faults.throwIfAny())).toBe(
    [
      `'dev.releases.api.releaseName' ${NAME}, got "Api" at environments.ts`,
      "'dev.releases.api.timeoutSeconds' must be a whole number from 1 to 3600, got 0 at environments.ts",
      `'dev.releases.api.chart.path' must be a folder that exists, or a .tgz archive, got "charts/none" at environments.ts`,
      `'dev.releases.api.namespace' must not be one of Kubernetes itself, got "kube-system" at environments.ts; ${OWN}`,
      `'dev.releases.api.values.a[0]' must be plain data, got "undefined" at environments.ts; use text, numbers, true, false, null, lists and objects`,
    ].join("\n"),
  );
});
