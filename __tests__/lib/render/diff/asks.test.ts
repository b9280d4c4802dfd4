import { ASKABLE, type Ask, type Askable, openAsks } from "../../../../lib/render/diff/asks";
import type { EnvironmentDiff } from "../../../../lib/render/diff/environment-diff";

const difference: EnvironmentDiff = {
  releases: [
    {
      change: "reinstalled",
      release: "clinical/api",
      was: "genomics/api",
      marks: [{ mark: "reinstall", from: "genomics/api", to: "clinical/api" }],
      values: [],
    },
  ],
  objects: [
    {
      change: "removed",
      object: "PersistentVolumeClaim genomics/data",
      source: "genomics/api",
      marks: [{ mark: "removed-data", lost: "data" }],
      fields: [],
    },
    {
      change: "changed",
      object: "batch/Job genomics/load",
      source: "genomics/api",
      marks: [
        { mark: "immutable", path: "spec.template", see: "" },
        { mark: "immutable", path: "spec.completions", see: "" },
        { mark: "rbac-widened", gains: [] },
      ],
      fields: [],
    },
  ],
};

const reinstall: Ask = { what: "reinstall", where: ["clinical/api"] };
const removed: Ask = { what: "removed-data", where: ["PersistentVolumeClaim genomics/data"] };
const immutable: Ask = { what: "immutable", where: ["batch/Job genomics/load"] };
const rbac: Ask = { what: "rbac-widened", where: ["batch/Job genomics/load"] };

test.each<[string, Askable[], Askable[], Ask[]]>([
  ["the usual", [], [], [reinstall, removed, immutable]],
  ["what is allowed is not asked for", [], ["reinstall", "immutable"], [removed]],
  ["more, if told so", ["rbac-widened", "image"], [], [reinstall, removed, immutable, rbac]],
  ["kinds of change", ["removed"], ["reinstall", "removed-data", "immutable"], [{ ...removed, what: "removed" }]],
  [
    "a yes counts for what was asked for in addition",
    ["rbac-widened"],
    ["rbac-widened"],
    [reinstall, removed, immutable],
  ],
  ["nothing is left", [], ["reinstall", "removed-data", "immutable"], []],
])("asked: %s", (_, failOn, allow, asks) => {
  expect(openAsks(difference, { failOn, allow })).toEqual(asks);
});

test("nothing is asked where nothing differs", () => {
  expect(openAsks({ releases: [], objects: [] }, { failOn: [...ASKABLE] })).toEqual([]);
});
