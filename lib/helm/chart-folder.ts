import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A hash of a chart's files: their names and contents, in an order that does not depend on the machine. */
export function chartHash(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 32);
}

/** What is wrong with a folder that shall be a chart; undefined if nothing is. */
export function chartFault(folder: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return "must be a folder that exists";
  return existsSync(join(folder, "Chart.yaml")) ? undefined : "must be a folder with a Chart.yaml";
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
