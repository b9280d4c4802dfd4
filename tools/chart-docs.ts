import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chartNames, type Page, readPages } from "./chart-docs/pages";

const CHARTS = "charts";
const PAGES = join("docs", "charts");

/**
 * Writes `docs/charts/<chart>.md` and `charts/<chart>/README.md` for every chart of this package: its values with the comments of values.yaml.
 *
 * npm run chart-docs -- [--check]
 *
 * `--check` writes nothing, and fails if a page is not up to date.
 */
function main(): void {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const pages = chartNames(CHARTS).flatMap((name) => readPages(join(CHARTS, name), name, PAGES));
  for (const page of pages) settle(page, values.check);
}

function settle({ file, before, after }: Page, check: boolean): void {
  if (before === after) {
    console.log(`${file}: up to date`);
  } else if (check) {
    console.error(`${file}: not up to date; run: npm run chart-docs`);
    process.exitCode = 1;
  } else {
    mkdirSync(PAGES, { recursive: true });
    writeFileSync(file, after);
    console.log(`${file}: written`);
  }
}

main();
