import { contentFaults, type PackedFile } from "../../tools/package-check/contents";
import { linkFaults } from "../../tools/package-check/links";

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
    file("docs/environments.md"),
    file("docs/decisions/0041-package-entries.md"),
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
  "docs/api/lib/kms/README.md",
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

test("a link of packed Markdown leads to a packed file or folder, or on purpose into the repository", () => {
  const readme = `[Package](docs/package.md#peers) [docs](docs) [Review](docs/review.md) [top](#top) [npm](https://www.npmjs.com)
[Example](examples/custom-platform/README.md) [gone](examples/gone/README.md)
\`\`\`ts
const [first] = values[0](other);
\`\`\`
[source](lib/vpc/vpc.ts), [tool](tools/build.ts)
`;
  const files = [
    file("README.md", readme),
    file("docs/package.md", "[README](../README.md) [Review](review.md)"),
    file("dist/lib/kms/key.js", "// [a](b.md)"),
  ];
  expect(linkFaults(files, process.cwd())).toEqual([
    "README.md: links to docs/review.md, which is not in the package",
    "README.md: links to examples/gone/README.md, which is not in the package",
    "README.md: links to tools/build.ts, which is not in the package",
    "docs/package.md: links to review.md, which is not in the package",
  ]);
});
