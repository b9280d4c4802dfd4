import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ANY_NAME, type KnownNames, namesOf } from "../expected/known-names";
import { textNames } from "./text-names";

/** An interface of a provider's bindings: a resource, or a block of it. */
type Members = Readonly<Record<string, string>>;

const INTERFACE = /^export interface (\w+)([^{]*)\{\n([\s\S]*?)^\}/gm;
const CONFIG = "TerraformMetaArguments";

const known = new Map<string, KnownNames>();

/** The names that can be written in a resource, by the declarations of its class. What a resource only answers, such as an ARN, is not among them. */
export function bindingNames(file: string): KnownNames {
  const names = known.get(file) ?? readNames(file);
  known.set(file, names);
  return names;
}

function readNames(file: string): KnownNames {
  const blocks = new Map<string, Members>();
  let config: Members = {};
  for (const text of textsOf(file)) {
    for (const [, name = "", heritage = "", body = ""] of text.matchAll(INTERFACE)) {
      const members = membersIn(body);
      blocks.set(name, members);
      if (heritage.includes(CONFIG)) config = members;
    }
  }
  return namesIn(config, blocks);
}

/** Large resources have their blocks in files of their own. */
function textsOf(file: string): string[] {
  const folder = join(dirname(file), "index-structs");
  const kind = file.endsWith(".d.ts") ? ".d.ts" : ".ts";
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(kind)) : [];
  return [file, ...others.map((name) => join(folder, name))].map((path) => readFileSync(path, "utf8"));
}

/** The type of each member by its name in Terraform, which its comment ends with. */
function membersIn(body: string): Members {
  const found = body.matchAll(/^\s+readonly (\w+)\??: ([\s\S]*?)(?=\n\s+(?:\/\*\*|readonly )|$(?![\s\S]))/gm);
  const names = [...found].map((match): [string, string] => {
    const [, name = "", type = ""] = match;
    const comment = body.slice(0, match.index).split("/**").at(-1) ?? "";
    const told = comment.includes("readonly ") ? undefined : /#(\w+) [\w.]+#\w+\}/.exec(comment)?.[1];
    return [told ?? snakeCase(name), type];
  });
  return Object.fromEntries(names);
}

function namesIn(members: Members, blocks: ReadonlyMap<string, Members>): KnownNames {
  const fields = Object.entries(members).map(([name, type]) => [name, () => namesBelow(name, type, blocks)]);
  return namesOf(Object.fromEntries(fields));
}

function namesBelow(name: string, type: string, blocks: ReadonlyMap<string, Members>): KnownNames {
  const block = [...type.matchAll(/\w+/g)].map(([word]) => blocks.get(word)).find((members) => members !== undefined);
  const isMap = type.includes("[key: string]");
  if (block) return isMap ? { names: [], below: () => namesIn(block, blocks) } : namesIn(block, blocks);
  return isMap && !/\bany\b/.test(type) ? ANY_NAME : textNames(name);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
