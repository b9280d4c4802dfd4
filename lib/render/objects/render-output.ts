import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { RenderError } from "../render-error";
import { apiGroup, type SourcedObject } from "./kubernetes-object";
import { writeYaml } from "./kubernetes-yaml";

/** Of what has no namespace. No namespace can have this name. */
const CLUSTER = "_cluster";

/** Lists the files that a render wrote into its folder, one in each line: only these may go with the next. */
const LIST = ".eks-platform-render";

/**
 * Writes each object to a file of its own: `<namespace or _cluster>/<release or platform>/<Kind>-<name>.yaml`. What was in the folder before
 * is replaced as a whole and at once; if anything fails, it stays.
 *
 * @throws {RenderError} if the folder holds a file that no render wrote, or cannot be written
 */
export function writeObjects(objects: readonly SourcedObject[], folder: string): void {
  const target = resolve(folder);
  refuseFile(target);
  refuseForeign(target);
  const [written, replaced] = [`${target}.new-${process.pid}`, `${target}.old-${process.pid}`];
  try {
    mkdirSync(dirname(target), { recursive: true });
    mkdirSync(written);
    const files = namedObjects(objects);
    writeFileSync(join(written, LIST), [...files.keys()].map((file) => `${file}\n`).join(""));
    for (const [file, object] of files) {
      const path = join(written, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, writeYaml(object.object));
    }
    if (existsSync(target)) renameSync(target, replaced);
    renameSync(written, target);
  } catch (error) {
    if (existsSync(replaced) && !existsSync(target)) renameSync(replaced, target);
    const { code } = error as NodeJS.ErrnoException;
    throw code ? new RenderError(`${target} cannot be written: ${code}`, "give another folder with --to") : error;
  } finally {
    rmSync(written, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}

/** Files and their objects. A file says the API group only where kinds of two groups have the same name. */
export function namedObjects(objects: readonly SourcedObject[]): Map<string, SourcedObject> {
  const groups = new Map<string, Set<string>>();
  for (const sourced of objects) {
    const file = fileName(sourced, false);
    groups.set(file, (groups.get(file) ?? new Set()).add(apiGroup(sourced.object)));
  }
  const files = new Map<string, SourcedObject>();
  for (const sourced of objects) {
    const shared = (groups.get(fileName(sourced, false))?.size ?? 0) > 1;
    const name = fileName(sourced, shared);
    // Only hooks of different moments, and names that the API server makes up, come more than once.
    let file = `${name}.yaml`;
    for (let number = 2; files.has(file); number += 1) file = `${name}-${number}.yaml`;
    files.set(file, sourced);
  }
  return files;
}

function fileName({ source, namespace, object }: SourcedObject, withGroup: boolean): string {
  const { name, generateName = "" } = object.metadata;
  const group = apiGroup(object);
  const kind = withGroup && group ? `${object.kind}.${group}` : object.kind;
  const release = source.slice(source.indexOf("/") + 1);
  return [namespace ?? CLUSTER, release, `${kind}-${name ?? `${generateName}generated`}`].map(pathSegment).join("/");
}

/** Names of RBAC objects may have characters that not every file system takes. */
function pathSegment(name: string): string {
  const encoded = encodeURIComponent(name).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return encoded.replace(/^\.+$/, (dots) => dots.replaceAll(".", "%2e"));
}

function refuseFile(target: string): void {
  let there = target;
  while (!existsSync(there)) there = dirname(there);
  if (statSync(there).isDirectory()) return;
  throw new RenderError(`${there} is a file`, "give a folder with --to");
}

function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const list = join(folder, LIST);
  const own = new Set([LIST, ...(existsSync(list) ? readFileSync(list, "utf8").split("\n") : [])]);
  const foreign = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .find((file) => !own.has(file));
  if (foreign === undefined) return;
  const problem = `${folder} holds ${foreign}, which is not among the files that its ${LIST} lists`;
  throw new RenderError(problem, "give another folder with --to, or remove this one");
}
