import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of a chart that comes with this package, whether it runs from source or compiled. */
export function ownChart(name: string): string {
  return join(packageRoot(__dirname), "charts", name);
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "charts"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no folder above ${__dirname} has a package.json and charts`);
  return packageRoot(parent);
}
