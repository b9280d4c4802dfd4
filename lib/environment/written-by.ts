import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Name and version of the package that this file belongs to, for example `cdktf-eks-platform 0.1.0`: those of the nearest `package.json` above
 * it, which is the same for the sources and for what is compiled from them.
 */
export function writtenBy(folder: string = __dirname): string {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return writtenBy(dirname(folder));
  const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name: string; version: string };
  return `${name} ${version}`;
}
