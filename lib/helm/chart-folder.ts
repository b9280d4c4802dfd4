import { createHash } from "node:crypto";
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const KEPT = 32;

/**
 * A hash of a chart's files: their names and contents, in an order that does not depend on the machine; of an archive its bytes. What
 * changes no release does not count: values for lint in the folder `ci`, if the chart's `.helmignore` keeps them from Helm, and the
 * `README.md` at the chart's root, if no template can read it.
 */
export function chartHash(path: string): string {
  const hash = createHash("sha256");
  if (isArchive(path)) return hash.update(readFileSync(path)).digest("hex").slice(0, KEPT);
  for (const file of filesBelow(path))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(path, file)))
      .update("\0");
  return hash.digest("hex").slice(0, KEPT);
}

/** What is wrong with a path that shall be a chart; undefined if nothing is. */
export function chartFault(path: string): string | undefined {
  const found = existsSync(path) ? statSync(path) : undefined;
  if (isArchive(path)) return found?.isFile() ? undefined : "must be an archive that exists";
  if (!found?.isDirectory()) return "must be a folder that exists, or a .tgz archive";
  return existsSync(join(path, "Chart.yaml")) ? undefined : "must be a folder with a Chart.yaml";
}

/** Whether a chart's folder has a folder `crds`; unknown of an archive. */
export function hasCrdFolder(path: string): boolean {
  return !isArchive(path) && existsSync(join(path, "crds"));
}

export function isArchive(path: string): boolean {
  return path.endsWith(".tgz");
}

function filesBelow(folder: string): string[] {
  const list = (inside: string): string[] =>
    readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
      const path = `${inside}${entry.name}`;
      const found = target(folder, path, entry);
      if (found.isDirectory()) return list(`${path}/`);
      return found.isFile() ? [path] : [];
    });
  const files = list("");
  const ignoresCi = linesOf(join(folder, ".helmignore")).includes("ci/");
  const counts = (file: string) =>
    file === "README.md" ? mayReadFiles(folder, files) : !(ignoresCi && file.startsWith("ci/"));
  return files.filter(counts).sort();
}

/** Whether templates read files of the chart (`.Files`). Those of a subchart can read its parent's, and lie in an archive. */
function mayReadFiles(folder: string, files: readonly string[]): boolean {
  const reads = (file: string) => /\bFiles\b/.test(readFileSync(join(folder, file), "utf8"));
  return files.some((file) => file.startsWith("charts/") || (file.startsWith("templates/") && reads(file)));
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split(/\r?\n/) : [];
}

/** What a link leads to: the copy beside the stack holds that, not the link. */
function target(folder: string, path: string, entry: Dirent): Pick<Dirent, "isDirectory" | "isFile"> {
  return entry.isSymbolicLink() ? statSync(join(folder, path)) : entry;
}
