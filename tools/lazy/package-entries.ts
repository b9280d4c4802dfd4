import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A way into the package. */
export interface Entry {
  /** As it stands in `exports`, for example `./vpc`. */
  readonly name: string;
  /** Compiled, from the package's folder: `dist/lib/vpc/index.js`. */
  readonly file: string;
  /** From the project's folder: `lib/vpc/index.ts`. */
  readonly source: string;
  /** Whether to import it does something by itself. */
  readonly hasEffects: boolean;
}

interface Manifest {
  readonly sideEffects: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

/** The entries of the package in a folder that lead to code. */
export function packageEntries(root: string): Entry[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  return Object.entries(manifest.exports).flatMap(([name, target]) => {
    if (typeof target === "string") return [];
    const file = target.default.replace(/^\.\//, "");
    const source = file.replace(/^dist\//, "").replace(/\.js$/, ".ts");
    return [{ name, file, source, hasEffects: manifest.sideEffects.includes(target.default) }];
  });
}
