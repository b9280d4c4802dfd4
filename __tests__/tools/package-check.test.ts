import { contentFaults, type PackedFile } from "../../tools/package-check/contents";

const SIZES = { packed: 900_000, unpacked: 3_600_000 };
const MAP = { version: 3, sources: ["../../lib/kms/key.ts"], sourcesContent: ["export {};"] };
const file = (path: string, text = ""): PackedFile => ({ path, text, size: text.length });

test("what belongs into the package", () => {
  const files = [
    file("package.json"),
    file("dist/lib/kms/key.js"),
    file("dist/lib/kms/key.d.ts"),
    file("dist/lib/kms/key.js.map", JSON.stringify(MAP)),
    file("dist/stacks/environment-stack.js"),
    file("charts/custom-resources/templates/resources.yaml"),
  ];
  expect(contentFaults(files, SIZES, ["/home/ci/project"], ["package.json"])).toEqual([]);
});

test.each([
  "dist/stacks/environments.js",
  "dist/stacks/local-environment.d.ts",
  "dist/main.js",
  "dist/bench/run.js",
  "dist/lib/kms/key.test.js",
  "dist/.tsbuildinfo",
  "__tests__/lib/kms/key.test.ts",
  ".emulators/state.json",
  "charts/custom-resources/ci/values.yaml",
  "lib/kms/key.ts",
])("%s does not belong there", (path) => {
  expect(contentFaults([file(path)], SIZES, [], [])).toEqual([`${path}: does not belong there`]);
});

test("folders of the machine, absolute paths in source maps, maps without sources", () => {
  const files = [
    file("dist/lib/kms/key.js", 'require("/home/ci/project/lib");'),
    file("dist/lib/kms/key.js.map", JSON.stringify({ ...MAP, sourceRoot: "/src", sources: ["file:///src/key.ts"] })),
    file("dist/lib/kms/trust.js.map", JSON.stringify({ ...MAP, sourcesContent: undefined })),
  ];
  expect(contentFaults(files, SIZES, ["/home/ci/project"], [])).toEqual([
    "dist/lib/kms/key.js: speaks of /home/ci/project, a folder of the machine that packed it",
    "dist/lib/kms/key.js.map: has the absolute path /src",
    "dist/lib/kms/key.js.map: has the absolute path file:///src/key.ts",
    "dist/lib/kms/trust.js.map: has not the text of its sources",
  ]);
});

test("what is missing, and what is too big", () => {
  expect(contentFaults([], { packed: 2_000_001, unpacked: 7_000_000 }, [], ["LICENSE"])).toEqual([
    "LICENSE: is missing",
    "packed 2000001 bytes, at most 2000000",
    "unpacked 7000000 bytes, at most 6000000",
  ]);
});
