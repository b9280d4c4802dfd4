import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readChart } from "./chart-shapes/chart-files";
import { sourceText } from "./chart-shapes/source-text";
import { CHARTS } from "./chart-shapes/table";

const FOLDER = join("lib", "helm", "charts");

/**
 * Writes down the keys that known charts take, as `lib/helm/charts/<chart>.ts`.
 *
 * npm run chart-shapes -- [--from <folder>] [<chart> ...]
 *
 * `--from` has a sub-folder or an archive for each chart; without it they are pulled from where they are published.
 */
function main(): void {
  const { values, positionals } = parseArgs({ options: { from: { type: "string" } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !CHARTS.some((entry) => entry.name === name));
  if (unknown.length > 0) throw new Error(`the table has no ${unknown.join(", ")}`);
  mkdirSync(FOLDER, { recursive: true });
  for (const entry of CHARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const file = join(FOLDER, `${entry.name}.ts`);
    const text = sourceText(entry, readChart(entry, values.from));
    writeFileSync(file, text);
    console.log(`${file}: ${text.split("\n").length - 1} lines`);
  }
}

main();
