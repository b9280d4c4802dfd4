import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { at } from "../render/diff/plain-data";
import { isMap } from "../render/objects/is-map";
import type { Body } from "../render/stack/stack-file";
import { readSynthJson } from "../render/stack/synth-json";
import { SNAPSHOT_MARK } from "./snapshot-mark";
import { StackUnderTest } from "./stack-under-test";

const STACK_FILE = "cdk.tf.json";

/** What stands at the top of a stack's JSON. */
const BLOCKS = ["//", "data", "module", "output", "provider", "resource", "terraform", "variable"];

/** Reads a stack that synth wrote, or a snapshot that was recorded. */
export function readStackUnderTest(path: string, name: string | undefined): StackUnderTest {
  const there = resolve(path);
  if (!existsSync(there)) throw new Error(`there is nothing at ${path}; run: npx cdktf synth`);
  if (statSync(there).isFile()) return stackIn(there);
  if (existsSync(join(there, STACK_FILE))) return stackIn(join(there, STACK_FILE));
  const stacks = stackFolders(there);
  const [first, ...others] = name === undefined ? stacks : stacks.filter((folder) => basename(folder) === name);
  if (first && others.length === 0) return stackIn(join(first, STACK_FILE));
  const names = stacks.map((folder) => basename(folder)).join(", ") || "none";
  throw new Error(`${name === undefined ? "say which stack" : `no stack "${name}"`} of ${path}; there are: ${names}`);
}

/** Takes the parsed JSON of a stack. */
export function stackOfJson(json: object): StackUnderTest {
  if (!isMap(json) || !BLOCKS.some((block) => block in json))
    throw new Error("what is tested must be a stack, an app, the path of an output, or the JSON of a stack");
  return new StackUnderTest(nameIn(json) ?? "the stack", json);
}

function stackIn(file: string): StackUnderTest {
  const folder = dirname(file);
  const json = readSynthJson(file) as Body;
  return new StackUnderTest(nameIn(json) ?? basename(folder), json, { folder });
}

/** The manifest, which synth writes last, knows which stacks there are: folders of others may still lie there. */
function stackFolders(out: string): string[] {
  const [manifest, stacks] = [join(out, "manifest.json"), join(out, "stacks")];
  const written = existsSync(manifest) ? at(readSynthJson(manifest), "stacks") : undefined;
  const names = isMap(written) ? Object.keys(written) : existsSync(stacks) ? readdirSync(stacks).sort() : [];
  return names.map((each) => join(stacks, each)).filter((folder) => existsSync(join(folder, STACK_FILE)));
}

function nameIn(json: Body): string | undefined {
  const name = at(json, "//", "metadata", "stackName") ?? at(json, "//", SNAPSHOT_MARK, "stack");
  return typeof name === "string" ? name : undefined;
}
