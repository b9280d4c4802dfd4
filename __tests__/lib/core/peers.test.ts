import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { checkPeers, peerFaults } from "../../../lib/core/peers";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "peers-")));
});
afterEach(() => rmSync(root, { recursive: true }));

const PEERS = { "@cdktf/provider-aws": "^20.1.0 || ^21.0.0", cdktf: "^0.21.0", constructs: "^10.4.2" };
const FITTING = { "@cdktf/provider-aws": "21.3.0", cdktf: "0.21.0", constructs: "10.5.0" };
const PROVIDER = ["@cdktf/provider-aws"];

function write(file: string, content: object): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify(content));
}

/** The library in a folder. */
function library(folder: string, more: object = {}): string {
  write(`${folder}/package.json`, {
    name: "cdktf-eks-platform",
    version: "0.1.0",
    peerDependencies: PEERS,
    ...more,
  });
  return join(root, folder);
}

/** Packages by name and version, in a folder's `node_modules`. */
function packages(folder: string, versions: Readonly<Record<string, string>>): void {
  for (const [name, version] of Object.entries(versions)) {
    write(`${folder}/node_modules/${name}/package.json`, { name, version });
  }
}

function link(from: string, to: string): void {
  mkdirSync(dirname(join(root, from)), { recursive: true });
  symlinkSync(join(root, to), join(root, from));
}

const user = () => join(root, "program", "main.ts");
const shown = () => relative(process.cwd(), user());

test("peers beside the library are right", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", FITTING);
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([]);
  expect(() => checkPeers(installed, user(), PROVIDER)).not.toThrow();
});

test("pnpm: library and program reach the same copies by links", () => {
  const store = "program/node_modules/.pnpm";
  const installed = library(`${store}/cdktf-eks-platform@0.1.0/node_modules/cdktf-eks-platform`);
  for (const [name, version] of Object.entries(FITTING)) {
    write(`${store}/${name}@${version}/node_modules/${name}/package.json`, { name, version });
    link(`${store}/cdktf-eks-platform@0.1.0/node_modules/${name}`, `${store}/${name}@${version}/node_modules/${name}`);
    link(`program/node_modules/${name}`, `${store}/${name}@${version}/node_modules/${name}`);
  }
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([]);
});

test("a library that brings its own copy is told apart from the program's; the fix is to dedupe", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", FITTING);
  packages("program/node_modules/cdktf-eks-platform", { constructs: "10.4.2" });
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([
    `cdktf-eks-platform and ${shown()} must share one copy of constructs:
  cdktf-eks-platform finds constructs 10.4.2 in ${installed}/node_modules/constructs
  ${shown()} finds constructs 10.5.0 in ${root}/program/node_modules/constructs
run: npm dedupe`,
  ]);
});

test("a linked folder with packages of its own: both paths, and how to install it", () => {
  const clone = library("clone");
  packages("clone", FITTING);
  packages("program", FITTING);
  link("program/node_modules/cdktf-eks-platform", "clone");
  expect(() => checkPeers(clone, user(), PROVIDER)).toThrow(
    new Error(
      `cdktf-eks-platform and ${shown()} must share one copy of cdktf and constructs:
  cdktf-eks-platform finds cdktf 0.21.0 in ${clone}/node_modules/cdktf
  ${shown()} finds cdktf 0.21.0 in ${root}/program/node_modules/cdktf
  cdktf-eks-platform finds constructs 10.5.0 in ${clone}/node_modules/constructs
  ${shown()} finds constructs 10.5.0 in ${root}/program/node_modules/constructs
${clone} is linked; install it packed: npm pack there, npm install ./cdktf-eks-platform-0.1.0.tgz here`,
    ),
  );
});

test("a linked folder without packages does not see the program's", () => {
  const clone = library("clone");
  packages("program", FITTING);
  expect(peerFaults(clone, user(), PROVIDER)).toEqual([
    `cdktf-eks-platform and ${shown()} must share one copy of cdktf and constructs:
  cdktf-eks-platform finds no cdktf
  ${shown()} finds cdktf 0.21.0 in ${root}/program/node_modules/cdktf
  cdktf-eks-platform finds no constructs
  ${shown()} finds constructs 10.5.0 in ${root}/program/node_modules/constructs
${clone} is linked; install it packed: npm pack there, npm install ./cdktf-eks-platform-0.1.0.tgz here`,
  ]);
});

test("two copies of a provider do no harm", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", { ...FITTING, "@cdktf/provider-aws": "19.0.0" });
  packages("program/node_modules/cdktf-eks-platform", { "@cdktf/provider-aws": "20.1.0" });
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([]);
});

test("a version that does not fit and a peer that is missing: a line for each, with the command", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", { cdktf: "0.20.12", constructs: "10.4.2" });
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([
    'cdktf-eks-platform 0.1.0 needs @cdktf/provider-aws ^20.1.0 || ^21.0.0, found none: npm install "@cdktf/provider-aws@^20.1.0 || ^21.0.0"',
    'cdktf-eks-platform 0.1.0 needs cdktf ^0.21.0, found 0.20.12: npm install "cdktf@^0.21.0"',
  ]);
});

test("a peer that is not needed may be missing, but for cdktf and constructs", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", { cdktf: "0.21.0" });
  expect(peerFaults(installed, user(), [])).toEqual([
    'cdktf-eks-platform 0.1.0 needs constructs ^10.4.2, found none: npm install "constructs@^10.4.2"',
  ]);
});

test("a peer that is not needed must fit where it is there", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", { ...FITTING, "@cdktf/provider-aws": "19.0.0" });
  expect(peerFaults(installed, user(), [])).toEqual([
    'cdktf-eks-platform 0.1.0 needs @cdktf/provider-aws ^20.1.0 || ^21.0.0, found 19.0.0: npm install "@cdktf/provider-aws@^20.1.0 || ^21.0.0"',
  ]);
});

test("a file that uses more than before is asked about more", () => {
  const installed = library("program/node_modules/cdktf-eks-platform");
  packages("program", { cdktf: "0.21.0", constructs: "10.4.2" });
  expect(() => checkPeers(installed, user(), [])).not.toThrow();
  expect(() => checkPeers(installed, user(), PROVIDER)).toThrow(
    new Error(
      'cdktf-eks-platform 0.1.0 needs @cdktf/provider-aws ^20.1.0 || ^21.0.0, found none: npm install "@cdktf/provider-aws@^20.1.0 || ^21.0.0"',
    ),
  );
});

test("a prerelease within the range fits", () => {
  const installed = library("program/node_modules/cdktf-eks-platform", { peerDependencies: { cdktf: "^0.21.0" } });
  packages("program", { cdktf: "0.21.1-pre.3" });
  expect(peerFaults(installed, user(), PROVIDER)).toEqual([]);
});

test("a library that was bundled into its program has no peers", () => {
  packages("program", FITTING);
  expect(peerFaults(join(root, "program", "dist"), user(), PROVIDER)).toEqual([]);
});

test("files of the library itself are not asked about", () => {
  const clone = library("clone");
  expect(() => checkPeers(clone, join(clone, "dist", "lib", "index.js"), PROVIDER)).not.toThrow();
});
