import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { entryText, readEntry } from "./lazy-entries/entry";
import { packageEntries } from "./lazy-entries/package-entries";

const OUT = "dist";

/**
 * `npm run build`: compiles what the package brings into `dist`, then writes its entries anew, so that to import one loads nothing before
 * a name of it is used.
 */
function main(): void {
  for (const part of ["lib", "stacks"]) rmSync(join(OUT, part), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  if (status === 0)
    packageEntries(".")
      .filter(({ hasEffects }) => !hasEffects)
      .forEach(makeLazy);
}

function makeLazy({ file, source }: { readonly file: string; readonly source: string }): void {
  const folder = dirname(file);
  const imports = readEntry(source, readFileSync(source, "utf8"));
  const text = entryText(imports, relative(folder, "."), modulePath(folder, join(OUT, "lib", "core", "peers")));
  writeFileSync(file, text);
  rmSync(`${file}.map`, { force: true });
}

function modulePath(from: string, to: string): string {
  const path = relative(from, to);
  return path.startsWith(".") ? path : `./${path}`;
}

main();
