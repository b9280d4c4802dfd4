import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { entryText, readEntry } from "./lazy-entries/entry";
import { compiledFile, loadedPackages } from "./lazy-entries/loaded-packages";
import { packageEntries } from "./lazy-entries/package-entries";

const OUT = "dist";
const PEERS = new Set(Object.keys(JSON.parse(readFileSync("package.json", "utf8")).peerDependencies));

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
  if (status !== 0) return;
  const entries = packageEntries(".").filter(({ hasEffects }) => !hasEffects);
  for (const [file, text] of entries.map(lazyEntry)) {
    writeFileSync(file, text);
    rmSync(`${file}.map`, { force: true });
  }
}

function lazyEntry({ file, source }: { readonly file: string; readonly source: string }): [string, string] {
  const folder = dirname(file);
  const text = entryText({
    imports: readEntry(source, readFileSync(source, "utf8")),
    peersOf: (from) => loadedPackages(compiledFile(join(folder, from))).filter((name) => PEERS.has(name)),
    root: relative(folder, "."),
    checker: modulePath(folder, join(OUT, "lib", "core", "peers")),
  });
  return [file, text];
}

function modulePath(from: string, to: string): string {
  const path = relative(from, to);
  return path.startsWith(".") ? path : `./${path}`;
}

main();
