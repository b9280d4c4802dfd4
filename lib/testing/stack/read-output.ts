import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { at } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import { readSynthJson } from "../../render/stack/synth-json";
import { givenText, shortened } from "../values/given-text";
import { jsonIn } from "../values/json-text";
import { StackUnderTest } from "./stack-under-test";

const STACK_FILE = "cdk.tf.json";

/** Stands below `//` of a snapshot: what has it is normalised already. */
export const SNAPSHOT_MARK = "snapshot";

/** What stands at the top of a stack's JSON. */
const BLOCKS = ["//", "data", "module", "output", "provider", "resource", "terraform", "variable"];

/** Reads a stack that synth wrote, or a snapshot that was recorded. */
export function readStackUnderTest(path: string, name: string | undefined): StackUnderTest {
  const there = resolve(path);
  if (!existsSync(there)) throw new Error(`there is nothing at ${shortened(path)}; run: npx cdktf synth`);
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
  if (at(json, "//", SNAPSHOT_MARK, "rendered") !== undefined)
    throw new Error("this is the snapshot of a rendered stack, which has no resources: give the stack itself");
  if (!isStack(json))
    throw new Error(
      `what is tested must be a stack, an app, the path of an output, or the JSON of a stack, got ${givenText(json)}`,
    );
  return new StackUnderTest(stackName(json) ?? "the stack", json);
}

/** Takes the JSON of a stack as text, as `Testing.synth` of cdktf answers it. */
export function stackOfText(text: string): StackUnderTest {
  const json = jsonIn(text);
  if (json) return stackOfJson(json);
  throw new Error(`the text of a stack must be whole JSON, and its ${text.length} characters are not`);
}

/** Blocks by type, and by name where they have one; resources and data sources by both. */
export function isStack(json: unknown): json is Body {
  if (!isMap(json)) return false;
  const there = BLOCKS.filter((block) => json[block] !== undefined);
  const byType = [json.resource ?? {}, json.data ?? {}].flatMap((block) => (isMap(block) ? Object.values(block) : []));
  return (
    there.length > 0 &&
    there.every((block) => isMap(json[block])) &&
    byType.every((bodies) => isMap(bodies) && Object.values(bodies).every(isMap))
  );
}

function stackIn(file: string): StackUnderTest {
  const folder = dirname(file);
  const json = readSynthJson(file) as Body;
  if (!isStack(json)) throw new Error(`${file} is not the JSON of a stack`);
  return new StackUnderTest(stackName(json) ?? basename(folder), json, { folder });
}

/** The manifest, which synth writes last, knows which stacks there are: folders of others may still lie there. */
function stackFolders(out: string): string[] {
  const [manifest, stacks] = [join(out, "manifest.json"), join(out, "stacks")];
  const written = existsSync(manifest) ? at(readSynthJson(manifest), "stacks") : undefined;
  const names = isMap(written) ? Object.keys(written) : existsSync(stacks) ? readdirSync(stacks).sort() : [];
  return names.map((each) => join(stacks, each)).filter((folder) => existsSync(join(folder, STACK_FILE)));
}

/** The name that a stack's JSON says. */
export function stackName(json: Body): string | undefined {
  const name = at(json, "//", "metadata", "stackName") ?? at(json, "//", SNAPSHOT_MARK, "stack");
  return typeof name === "string" ? name : undefined;
}
