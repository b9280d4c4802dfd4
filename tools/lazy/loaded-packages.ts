import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Names of the packages that a compiled file loads, itself or through files of this package; sorted. */
export function loadedPackages(file: string): string[] {
  const seen = new Set([file]);
  const packages = new Set<string>();
  for (const each of seen) {
    for (const name of requiredIn(each)) {
      if (name.startsWith(".")) seen.add(compiledFile(join(dirname(each), name)));
      else packages.add(packageName(name));
    }
  }
  return [...packages].sort();
}

/** The file that a relative import leads to. */
export function compiledFile(path: string): string {
  const found = [`${path}.js`, join(path, "index.js")].find((file) => existsSync(file));
  return found ?? path;
}

function requiredIn(file: string): string[] {
  if (!file.endsWith(".js")) return [];
  return ts.preProcessFile(readFileSync(file, "utf8"), true, true).importedFiles.map(({ fileName }) => fileName);
}

function packageName(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
