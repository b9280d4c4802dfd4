import { readManifests } from "../../../../lib/render/objects/manifests";

test("lists are unpacked, at any depth, and empty documents dropped", () => {
  const output = `---
# Source: a/templates/list.yaml
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: one}}
  - apiVersion: v1
    kind: ConfigMapList
    items:
      - {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}
---
# Source: a/templates/empty.yaml
# nothing
---
# Source: a/templates/playlist.yaml
{apiVersion: example.com/v1, kind: PlayList, metadata: {name: three}}
`;
  const { objects, crds, faults } = readManifests(output);
  expect(objects.map(({ file, object }) => `${file} ${object.kind} ${object.metadata.name}`)).toEqual([
    "a/templates/list.yaml ConfigMap one",
    "a/templates/list.yaml ConfigMap two",
    "a/templates/playlist.yaml PlayList three",
  ]);
  expect([...crds, ...faults]).toEqual([]);
});

test("what comes from a folder crds is kept apart, of subcharts too, with all documents of a file", () => {
  const output = `---
# Source: a/charts/b/crds/all.yaml
{apiVersion: v1, kind: A, metadata: {name: a}}
---
{apiVersion: v1, kind: B, metadata: {name: b}}
---
# Source: a/templates/crds/c.yaml
{apiVersion: v1, kind: C, metadata: {name: c}}
`;
  const { objects, crds } = readManifests(output);
  expect(crds.map(({ object }) => object.kind)).toEqual(["A", "B"]);
  expect(objects.map(({ object }) => object.kind)).toEqual(["C"]);
});

test("a line of dashes in a text is no new document", () => {
  const { objects } = readManifests(
    "---\napiVersion: v1\nkind: A\nmetadata: {name: a}\ndata:\n  x: |\n    ---\n    b\n",
  );
  expect(objects.map(({ object }) => object.data)).toEqual([{ x: "---\nb\n" }]);
});

test("a name may be left to the API server", () => {
  const { objects, faults } = readManifests("{apiVersion: v1, kind: A, metadata: {generateName: a-}}");
  expect(objects).toHaveLength(1);
  expect(faults).toEqual([]);
});

test.each([
  "just text",
  "[1, 2]",
  "{kind: A, metadata: {name: a}}",
  "{apiVersion: v1, kind: A, metadata: {}}",
  "{apiVersion: v1, kind: A}",
])("%s is no object", (text) => {
  expect(readManifests(`---\n# Source: a/templates/a.yaml\n${text}\n`).faults).toEqual([
    {
      severity: "error",
      file: "a/templates/a.yaml",
      message: "is no Kubernetes object: apiVersion, kind or name is missing",
    },
  ]);
});
