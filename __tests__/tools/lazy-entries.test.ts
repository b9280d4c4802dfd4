import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { entryText, readEntry, readExports } from "../../tools/lazy-entries/entry";

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
    "dist/lib/kms/index.js": entryText(readEntry("", SOURCE), "../../..", "../core/peers"),
    "dist/lib/kms/key.js":
      'console.log("key"); exports.Key = class Key {}; exports.keyPolicy = function keyPolicy() {};',
    "dist/lib/core/peers.js":
      'exports.checkPeers = (library, importer) => console.log("peers", library === __dirname.replace("/dist/lib/core", ""), importer?.replace(/.*[/]/, ""));',
    "main.js":
      'const kms = require("./dist/lib/kms"); console.log(Object.keys(kms)); console.log(kms.Key.name); kms.keyPolicy;',
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

test("a built entry loads a file when one of its names is used, and checks peers for the file that imports it", () => {
  expect(inPackage((folder) => run(folder, "main.js"))).toEqual([
    "[ 'Key', 'keyPolicy' ]",
    "peers true main.js",
    "key",
    "Key",
    "peers true main.js",
  ]);
});

test("ES modules import its names; peers are checked before any of them is read", () => {
  expect(inPackage((folder) => run(folder, "main.mjs"))[0]).toBe("peers true undefined");
  expect(inPackage((folder) => run(folder, "main.mjs")).at(-1)).toBe("Key");
});
