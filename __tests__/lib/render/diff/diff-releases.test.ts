import { diffReleases } from "../../../../lib/render/diff/diff-releases";
import type { ReleaseState } from "../../../../lib/render/diff/environment-diff";

const API = "oci://registry.example.com/charts/api";
const release = (source: string, more: Partial<ReleaseState> = {}): ReleaseState => ({
  source,
  chart: API,
  version: "1.2.0",
  values: {},
  ...more,
});

test("a release that stays as it is is not there", () => {
  const values = { a: { b: 1, c: null }, list: [1, 2] };
  const same = { list: [1, 2], a: { b: 1 } };
  expect(diffReleases([release("genomics/api", { values })], [release("genomics/api", { values: same })])).toEqual([]);
});

test("another version, another chart, other values", () => {
  const base = [release("genomics/api", { values: { image: { tag: "1" }, args: ["a"], old: { a: 1 }, same: 1 } })];
  const head = [
    release("genomics/api", {
      chart: "api",
      version: "1.3.0",
      values: { image: { tag: "2" }, args: ["b"], new: { a: 1 }, same: 1 },
    }),
  ];
  expect(diffReleases(base, head)).toEqual([
    {
      change: "changed",
      release: "genomics/api",
      marks: [
        { mark: "chart", from: API, to: "api" },
        { mark: "chart-version", from: "1.2.0", to: "1.3.0" },
      ],
      values: ["args", "image.tag", "new", "old"],
    },
  ]);
});

test("values are never there, whatever they are", () => {
  const secret = (password: unknown) => [release("genomics/api", { values: { auth: { password } } })];
  expect(diffReleases(secret("SECRET-1"), secret(["SECRET-2"]))).toEqual([
    { change: "changed", release: "genomics/api", marks: [], values: ["auth.password"] },
  ]);
});

test("added and removed, sorted by name", () => {
  const base = [release("genomics/web", { chart: "web" })];
  const head = [release("genomics/job", { chart: "job" }), release("clinical/api")];
  expect(diffReleases(base, head)).toEqual([
    { change: "added", release: "clinical/api", marks: [{ mark: "release-added" }], values: [] },
    { change: "added", release: "genomics/job", marks: [{ mark: "release-added" }], values: [] },
    { change: "removed", release: "genomics/web", marks: [{ mark: "release-removed" }], values: [] },
  ]);
});

test("gone and new with the same chart is one that was renamed or moved", () => {
  const moved = diffReleases(
    [release("genomics/api")],
    [release("clinical/api", { version: "1.3.0", values: { a: 1 } })],
  );
  expect(moved).toEqual([
    {
      change: "reinstalled",
      release: "clinical/api",
      was: "genomics/api",
      marks: [
        { mark: "reinstall", from: "genomics/api", to: "clinical/api" },
        { mark: "chart-version", from: "1.2.0", to: "1.3.0" },
      ],
      values: ["a"],
    },
  ]);
});

test("of several, the nearest belong together, each once", () => {
  const pairs = (base: string[], head: string[]) =>
    diffReleases(
      base.map((source) => release(source)),
      head.map((source) => release(source)),
    ).map(({ change, release: to, was }) => [change, was, to]);
  expect(pairs(["a/one", "b/two"], ["b/one", "b/three"])).toEqual([
    ["reinstalled", "a/one", "b/one"],
    ["reinstalled", "b/two", "b/three"],
  ]);
  expect(pairs(["a/one", "a/two"], ["b/three"])).toEqual([
    ["removed", undefined, "a/two"],
    ["reinstalled", "a/one", "b/three"],
  ]);
  // One that is still there is neither gone nor new.
  expect(pairs(["a/one"], ["a/one", "b/one"])).toEqual([["added", undefined, "b/one"]]);
});
