import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { untar } from "./tar";

/** Contents by path in the chart; only what is needed here. */
export type ChartFiles = ReadonlyMap<string, Buffer>;
const NEEDED = /^(Chart|values)\.yaml$|^(charts|templates)\//;

/** Reads a chart: a folder or an archive. */
export function chartFiles(path: string): ChartFiles {
  return statSync(path).isFile() ? archivedFiles(readFileSync(path)) : folderFiles(path);
}

/** The charts in a chart's own folder `charts`. */
export function subcharts(files: ChartFiles): ChartFiles[] {
  const folders = new Map<string, Map<string, Buffer>>();
  const archives: ChartFiles[] = [];
  for (const [path, content] of files) {
    const [, name = "", rest] = /^charts\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    if (rest) folders.set(name, (folders.get(name) ?? new Map<string, Buffer>()).set(rest, content));
    else if (name.endsWith(".tgz")) archives.push(archivedFiles(content));
  }
  return [...folders.values(), ...archives];
}

/** The texts of all templates, of subcharts too: notes, helpers and tests count. */
export function chartTemplates(files: ChartFiles): string[] {
  const own = [...files].filter(([path]) => path.startsWith("templates/"));
  return [...own.map(([, content]) => content.toString("utf8")), ...subcharts(files).flatMap(chartTemplates)];
}

function folderFiles(folder: string): ChartFiles {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), path] as const);
  // A link counts with what it leads to, as Helm reads it.
  const needed = paths.filter(([name, path]) => NEEDED.test(name) && statSync(path).isFile());
  return new Map(needed.map(([name, path]) => [name, readFileSync(path)]));
}

/** In an archive the chart's own name comes first. */
function archivedFiles(archive: Buffer): ChartFiles {
  return new Map([...untar(archive)].map(([name, content]) => [name.slice(name.indexOf("/") + 1), content]));
}
