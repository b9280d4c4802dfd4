import { formatJson } from "../../../../lib/render/diff/format-json";
import { large, report, small } from "./reports";

test("the document of version 1", () => {
  expect(formatJson(small)).toBe(`{
  "version": 1,
  "environment": "staging",
  "immutableFields": "known-list",
  "asks": [
    {
      "what": "removed-data",
      "where": [
        "PersistentVolumeClaim genomics/data"
      ]
    }
  ],
  "releases": [],
  "objects": [
    {
      "change": "added",
      "object": "ConfigMap genomics/flags",
      "source": "genomics/api",
      "marks": [],
      "fields": []
    },
    {
      "change": "removed",
      "object": "PersistentVolumeClaim genomics/data",
      "source": "genomics/api",
      "marks": [
        {
          "mark": "removed-data",
          "lost": "the data of its volume, unless the volume's reclaim policy is Retain"
        }
      ],
      "fields": []
    },
    {
      "change": "changed",
      "object": "apps/Deployment genomics/api",
      "source": "genomics/api",
      "marks": [
        {
          "mark": "image",
          "path": "spec.template.spec.containers[api].image",
          "from": "registry.example.com/api:1.4.0",
          "to": "registry.example.com/api:1.5.0",
          "changed": [
            "tag"
          ]
        },
        {
          "mark": "replicas",
          "path": "spec.replicas",
          "from": 2,
          "to": 3
        }
      ],
      "fields": [
        {
          "path": "spec.replicas",
          "from": 2,
          "to": 3
        },
        {
          "path": "spec.template.spec.containers[api].image",
          "from": "registry.example.com/api:1.4.0",
          "to": "registry.example.com/api:1.5.0"
        }
      ]
    }
  ]
}
`);
});

test("releases, Secrets, and fields that do not apply", () => {
  const { releases, objects } = JSON.parse(formatJson(large));
  expect(releases).toEqual([
    {
      change: "reinstalled",
      release: "clinical/web",
      was: "genomics/web",
      marks: [{ mark: "reinstall", from: "genomics/web", to: "clinical/web" }],
      values: [],
    },
    {
      change: "changed",
      release: "genomics/api",
      marks: [
        { mark: "chart", from: "oci://registry.example.com/charts/api", to: "api" },
        { mark: "chart-version", from: "1.2.0", to: "1.3.0" },
      ],
      values: ["image.tag", "replicas"],
    },
    { change: "added", release: "genomics/new", marks: [{ mark: "release-added" }], values: [] },
    { change: "removed", release: "genomics/old", marks: [{ mark: "release-removed" }], values: [] },
    { change: "changed", release: "genomics/tool", marks: [], values: ["debug"] },
  ]);
  expect(objects).toContainEqual({
    change: "changed",
    object: "Secret genomics/login",
    source: "genomics/api",
    marks: [],
    fields: [{ path: "stringData.password", hidden: "changed" }],
  });
});

test("no difference, and a whole environment", () => {
  const empty = {
    version: 1,
    environment: "staging",
    immutableFields: "known-list",
    asks: [],
    releases: [],
    objects: [],
  };
  expect(JSON.parse(formatJson(report([], [])))).toEqual(empty);
  expect(JSON.parse(formatJson(report([], [], { environmentChange: "removed" })))).toEqual({
    ...empty,
    environmentChange: "removed",
  });
});
