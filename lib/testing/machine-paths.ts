import { homedir, tmpdir } from "node:os";
import { isMap } from "../render/objects/is-map";

/** `assets/Chart-api-<hash>/<hash>` of a chart, `assets/Page_1F2E3D4C/<hash>/page.html` of any other asset. */
const ASSET = /(^|\/)assets\/([^/\s]+)\/[0-9A-Fa-f]{32,}/g;
const HASH_IN_NAME = /-[0-9a-f]{32,}|_[0-9A-F]{8}$/g;

/** Attributes that name files of the machine that Terraform runs on. Others have paths of containers, such as `/tmp`. */
const FILE_ATTRIBUTES = new Set([
  "chart",
  "config_path",
  "config_paths",
  "filename",
  "shared_config_files",
  "shared_credentials_files",
  "source",
  "workspace_dir",
]);

/** A copy in which paths of this machine and hashes of assets have names. */
export function sameOnEveryMachine(content: unknown): unknown {
  return renamed(content, undefined);
}

function renamed(value: unknown, key: string | undefined): unknown {
  if (typeof value === "string") {
    const local = withFolder(value, process.cwd(), "<project>");
    return withoutHashes(key !== undefined && FILE_ATTRIBUTES.has(key) ? withUserFolders(local) : local);
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, key));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, renamed(inside, name)]));
}

/** A folder directly below the root, such as /app, may be one of a container too: it is left alone. */
function withFolder(text: string, folder: string, name: string): string {
  if (folder.split(/[\\/]/).filter(Boolean).length < 2 || !text.includes(folder)) return text;
  return text
    .split(folder)
    .reduce((before, after) => before + (/^([\\/]|[^\w.-]|$)/.test(after) ? name : folder) + after);
}

function withUserFolders(text: string): string {
  for (const [folder, name] of [
    [tmpdir(), "<temporary>"],
    [homedir(), "<home>"],
  ] as const) {
    if (text === folder || text.startsWith(`${folder}/`)) return `${name}${text.slice(folder.length)}`;
  }
  return text;
}

function withoutHashes(text: string): string {
  return text.replaceAll(ASSET, (_all, before: string, name: string) => {
    return `${before}assets/${name.replaceAll(HASH_IN_NAME, "")}/<hash>`;
  });
}
