import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { entryText, readEntry } from "./lazy/entry";
import { compiledFile, loadedPackages } from "./lazy/loaded-packages";
import { moduleCode } from "./lazy/module-code";
import { packageEntries } from "./lazy/package-entries";

const OUT = "dist";
const PARTS = ["lib", "stacks"];
const PEERS = new Set(Object.keys(JSON.parse(readFileSync("package.json", "utf8")).peerDependencies));

/**
 * `npm run build`: compiles what the package brings into `dist`. The compiler of TypeScript writes the types; the code is written once more,
 * so that a module loads another, and an entry loads anything, when a name of it is first used.
 */
function main(): void {
  for (const part of PARTS) rmSync(join(OUT, part), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  if (status !== 0) return;
  for (const file of PARTS.flatMap(filesThatLoad)) writeLazily(file);
  const entries = packageEntries(".").filter(({ hasEffects }) => !hasEffects);
  for (const [file, text] of entries.map(lazyEntry)) {
    writeFileSync(file, text);
    rmSync(`${file}.map`, { force: true });
  }
}

/** Compiled files of a part of the package that load others, `dist/lib/kms/key.js` for `lib`. */
function filesThatLoad(part: string): string[] {
  return readdirSync(join(OUT, part), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(OUT, part, file))
    .filter((file) => readFileSync(file, "utf8").includes("require("));
}

function writeLazily(file: string): void {
  const source = relative(OUT, file).replace(/\.js$/, ".ts");
  if (!existsSync(source)) throw new Error(`${file} has no source ${source}`);
  const { code, map } = moduleCode(relative(dirname(file), source), readFileSync(source, "utf8"));
  writeFileSync(file, `${code}//# sourceMappingURL=${basename(file)}.map\n`);
  writeFileSync(`${file}.map`, map);
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
