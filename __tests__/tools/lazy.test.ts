import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { entryText, readEntry, readExports, readValues } from "../../tools/lazy/entry";
import { loadedPackages } from "../../tools/lazy/loaded-packages";
import { moduleCode } from "../../tools/lazy/module-code";

const SOURCE = `export type { KeyProps } from "./key-props";
export { type IKey, Key, keyPolicy } from "./key";
`;

test("an entry is read as files and names", () => {
  expect(readExports("lib/kms/index.ts", SOURCE)).toEqual([
    { from: "./key-props", names: ["KeyProps"] },
    { from: "./key", names: ["IKey", "Key", "keyPolicy"] },
  ]);
  expect(readEntry("lib/kms/index.ts", SOURCE)).toEqual([{ from: "./key", names: ["Key", "keyPolicy"] }]);
});

test.each(['export * from "./key";', "export const a = 1;", 'import "./key";', 'export * as keys from "./key";'])(
  "%s has no place in an entry",
  (source) => {
    expect(() => readEntry("lib/kms/index.ts", source)).toThrow(
      'lib/kms/index.ts: an entry lists names, export { ... } from "...", and has nothing else',
    );
  },
);

test("a file that does more than to list names has values too", () => {
  const text = `import "./effect";\n${SOURCE}`;
  expect(readValues("lib/kms/index.ts", text)).toEqual([{ from: "./key", names: ["Key", "keyPolicy"] }]);
});

test("a name stays the same in an entry", () => {
  expect(() => readEntry("lib/kms/index.ts", 'export { Key as KmsKey } from "./key";')).toThrow(
    "lib/kms/index.ts: KmsKey has another name in its file",
  );
});

/** A package of one entry; its files say when they are loaded, and what the check of peers was asked. */
function inPackage<T>(look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "lazy-entries-"));
  const files = {
    "package.json": "{}",
    "dist/lib/kms/index.js": entryText({
      imports: [...readEntry("", SOURCE), { from: "./names", names: ["STAGES"] }],
      peersOf: (from) => (from === "./key" ? ["@cdktf/provider-aws", "cdktf"] : []),
      root: "../../..",
      checker: "../core/peers",
    }),
    "dist/lib/kms/key.js":
      'console.log("key"); exports.Key = class Key {}; exports.keyPolicy = function keyPolicy() {};',
    "dist/lib/kms/names.js": 'exports.STAGES = ["test"];',
    "dist/lib/core/peers.js":
      'exports.checkPeers = (library, importer, needed) => console.log("peers", library === __dirname.replace("/dist/lib/core", ""), importer?.replace(/.*[/]/, ""), needed.join());',
    "main.js":
      'const kms = require("./dist/lib/kms"); console.log(Object.keys(kms)); console.log(kms.Key.name); kms.keyPolicy; kms.STAGES; require("./other");',
    "other.js": 'require("./dist/lib/kms").Key;',
    "main.mjs": 'import { Key } from "./dist/lib/kms/index.js"; console.log(Key.name);',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  try {
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(folder: string, file: string): string[] {
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" }).trimEnd().split("\n");
}

test("a built entry loads a file when one of its names is used, and checks what that needs for the file that imported it first", () => {
  expect(inPackage((folder) => run(folder, "main.js"))).toEqual([
    "[ 'Key', 'keyPolicy', 'STAGES' ]",
    "peers true main.js @cdktf/provider-aws,cdktf",
    "key",
    "Key",
    "peers true main.js @cdktf/provider-aws,cdktf",
    "peers true main.js ",
    "peers true main.js @cdktf/provider-aws,cdktf",
  ]);
});

test("ES modules import its names; peers are checked before any of them is read", () => {
  expect(inPackage((folder) => run(folder, "main.mjs"))[0]).toBe("peers true undefined @cdktf/provider-aws,cdktf");
  expect(inPackage((folder) => run(folder, "main.mjs")).at(-1)).toBe("Key");
});

test("what a compiled file loads: packages, by way of its own files too, and neither types nor what it only names", () => {
  const folder = mkdtempSync(join(tmpdir(), "loaded-packages-"));
  const files = {
    "key.js":
      'const cdktf_1 = require("cdktf");\nrequire("./policy");\nrequire("../rooms");\n// require("comment")\n"constructs";',
    "policy.js": 'require("@cdktf/provider-aws/lib/kms-key"); require("./key"); require("./data.json");',
    "data.json": "{}",
    "../rooms/index.js": 'const path = require("node:path"); exports.load = () => require("constructs");',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "kms", file)), { recursive: true });
    writeFileSync(join(folder, "kms", file), text);
  }
  try {
    expect(loadedPackages(join(folder, "kms", "key.js"))).toEqual([
      "@cdktf/provider-aws",
      "cdktf",
      "constructs",
      "node:path",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Runs a module of a few lines beside two others that say when they are loaded. */
function runModule(source: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "module-code-"));
  const loaded = (name: string) => `console.log(${JSON.stringify(name)}); exports.value = () => "value of ${name}";`;
  try {
    for (const name of ["one", "other"]) writeFileSync(join(folder, `${name}.js`), loaded(name));
    writeFileSync(join(folder, "module.js"), moduleCode("module.ts", source).code);
    return run(folder, "module.js");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a module loads another when a name of it is used, and once", () => {
  const source = `import { value } from "./one";
import { value as never } from "./other";
console.log("module");
console.log(value(), value());
export const use = () => never();
`;
  expect(runModule(source)).toEqual(["module", "one", "value of one value of one"]);
});

test("a module that is imported for what it does is loaded first", () => {
  expect(runModule('import "./other";\nimport { value } from "./one";\nconsole.log("module", value());')).toEqual([
    "other",
    "one",
    "module value of one",
  ]);
});

test("types load nothing", () => {
  const source = 'import type { One } from "./one";\nexport const name: One = "name";\nconsole.log(name);';
  expect(runModule(source)).toEqual(["name"]);
});

test("the map of a module names its source and holds its text", () => {
  const source = 'import { value } from "./one";\nexport const name = () => value();\n';
  expect(JSON.parse(moduleCode("../../lib/module.ts", source).map)).toMatchObject({
    sources: ["../../lib/module.ts"],
    sourcesContent: [source],
  });
});
