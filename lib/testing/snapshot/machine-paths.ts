import { homedir, tmpdir } from "node:os";
import { isMap } from "../../render/objects/is-map";
import { JSON_TEXT } from "../values/json-text";

/** `assets/Chart-api-<hash>/<hash>` of a chart, `assets/Page_1F2E3D4C/<hash>/page.html` of any other asset. */
const ASSET = /(^|\/)assets\/([^/\s]+)\/([0-9A-Fa-f]{32,})/g;
const HASH_IN_NAME = /-[0-9a-f]{32,}|_[0-9A-F]{8}$/g;

/** Attributes that name files of the machine that Terraform runs on. */
const FILE_ATTRIBUTES = new Set([
  "binary_path",
  "chart",
  "config_path",
  "config_paths",
  "filename",
  "keyring",
  "output_path",
  "plugins_path",
  "registry_config_path",
  "repository_cache",
  "repository_config_path",
  "shared_config_files",
  "shared_credentials_files",
  "source",
  "source_dir",
  "source_file",
  "workspace_dir",
]);

/**
 * Whose paths a part of the stack has: those of the machine that Terraform runs on; those of a container, which may have the same names (`/root`,
 * `/tmp`, `/app`); either, where only an attribute tells.
 */
type Side = "machine" | "container" | "either";

/** Blocks, types of resources and blocks in them that the machine reads. */
const OF_MACHINE = /^(archive_file|external|local-exec|locals|provider|terraform|terraform_remote_state)$/;
const OF_CONTAINER = /^(docker|kubectl|kubernetes)_/;

/** A copy in which paths of this machine and hashes of assets have names. */
export function sameOnEveryMachine(content: unknown): unknown {
  const hashes = new Set<string>();
  collectHashes(content, hashes);
  return renamed(content, { hashes, side: "either", depth: 0 });
}

/** The same for an object of Kubernetes, whose paths are those of a container or of a node. */
export function sameInContainers(object: unknown): unknown {
  return renamed(object, { hashes: new Set(), side: "container", depth: 2 });
}

interface Place {
  readonly hashes: ReadonlySet<string>;
  readonly side: Side;
  /** How many keys lead there: a type stands below one, whatever is deeper may have any key. */
  readonly depth: number;
  readonly key?: string;
}

function renamed(value: unknown, place: Place): unknown {
  if (typeof value === "string") return withoutHashes(withoutFolders(value, place), place.hashes);
  if (Array.isArray(value)) return value.map((item) => renamed(item, place));
  if (!isMap(value)) return value;
  const depth = place.depth + 1;
  const entries = Object.entries(value).map(([key, inside]) => {
    return [key, renamed(inside, { ...place, side: sideBelow(key, place), depth, key })];
  });
  return Object.fromEntries(entries);
}

function sideBelow(key: string, { side, depth }: Place): Side {
  if ((depth < 2 || key === "local-exec") && OF_MACHINE.test(key)) return "machine";
  if (side === "either" && ((depth === 1 && OF_CONTAINER.test(key)) || key === JSON_TEXT)) return "container";
  return side;
}

function withoutFolders(text: string, { side, key }: Place): string {
  const project = process.cwd();
  const isFile = side !== "container" && key !== undefined && FILE_ATTRIBUTES.has(key);
  const isOfMachine = side === "machine" || isFile;
  // A folder directly below the root, such as /app, may be one of a container too.
  const isClear = isOfMachine || partsOf(project) > 1;
  const folders: (readonly [string, string])[] = [
    ...(isClear ? [[project, "<project>"] as const] : []),
    ...(isFile ? [[tmpdir(), "<temporary>"] as const] : []),
    ...(isOfMachine ? [[homedir(), "<home>"] as const] : []),
  ];
  return folders.reduce((shown, [folder, name]) => withFolder(shown, folder, name), text);
}

/** Only whole names of folders, and not one at the end of another path. */
function withFolder(text: string, folder: string, name: string): string {
  if (partsOf(folder) === 0 || !text.includes(folder)) return text;
  const escaped = folder.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return text.replaceAll(new RegExp(`(?<![\\w.}-])${escaped}(?![\\w.-])`, "g"), () => name);
}

function partsOf(folder: string): number {
  return folder.split(/[\\/]/).filter(Boolean).length;
}

/** A hash may stand alone too, as in `source_hash`. */
function collectHashes(value: unknown, hashes: Set<string>): void {
  if (typeof value === "string") for (const [, , , hash = ""] of value.matchAll(ASSET)) hashes.add(hash);
  else if (typeof value === "object" && value !== null)
    for (const inside of Object.values(value)) collectHashes(inside, hashes);
}

function withoutHashes(text: string, hashes: ReadonlySet<string>): string {
  const named = text.replaceAll(ASSET, (_all, before: string, name: string) => {
    return `${before}assets/${name.replaceAll(HASH_IN_NAME, "")}/<hash>`;
  });
  return [...hashes].reduce((shown, hash) => shown.replaceAll(hash, "<hash>"), named);
}
