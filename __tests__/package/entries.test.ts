import { existsSync, readFileSync } from "node:fs";
import { readEntry, readExports } from "../../tools/lazy/entry";
import { packageEntries } from "../../tools/lazy/package-entries";

const entries = packageEntries(".");
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const namesOf = (source: string) => readExports(source, readFileSync(source, "utf8")).flatMap(({ names }) => names);
const inRoot = entries.filter(({ name }) => !/^\.$|^\.\/(testing|stacks)/.test(name));

test("the entries of the package", () => {
  expect(entries.map(({ name, source }) => `${name} ${source}`)).toEqual([
    ". lib/index.ts",
    "./core lib/core/index.ts",
    "./iam lib/iam/index.ts",
    "./kms lib/kms/index.ts",
    "./logs lib/logs/index.ts",
    "./vpc lib/vpc/index.ts",
    "./state lib/state/index.ts",
    "./registry lib/registry/index.ts",
    "./eks lib/eks/index.ts",
    "./kubernetes lib/kubernetes/index.ts",
    "./helm lib/helm/index.ts",
    "./application lib/application/index.ts",
    "./environment lib/environment/index.ts",
    "./platform lib/platform/index.ts",
    "./testing lib/testing/index.ts",
    "./testing/jest lib/testing/jest/index.ts",
    "./stacks stacks/index.ts",
  ]);
});

test.each(entries)("$name is there, in lists alone unless it does something at import", ({ source, hasEffects }) => {
  expect(existsSync(source)).toBe(true);
  if (!hasEffects) expect(() => readEntry(source, readFileSync(source, "utf8"))).not.toThrow();
});

test("TypeScript without `exports` finds the same declarations", () => {
  const types = (name: string) => manifest.exports[name].types.slice(2);
  const expected = entries.filter(({ name }) => name !== ".").map(({ name }) => [name.slice(2), [types(name)]]);
  expect(manifest.typesVersions).toEqual({ "*": Object.fromEntries(expected) });
  expect([manifest.types, manifest.main]).toEqual([manifest.exports["."].types, manifest.exports["."].default]);
});

test("the root has the names of all entries but those for tests and stacks, each once", () => {
  const names = inRoot.flatMap(({ source }) => namesOf(source)).sort();
  expect(namesOf("lib/index.ts").sort()).toEqual(names);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
