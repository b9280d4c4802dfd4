import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareReports } from "./api-report/compare";
import { compileDeclarations } from "./api-report/declarations";
import { reportText } from "./api-report/report";
import { packageEntries } from "./lazy/package-entries";

const FOLDER = "api";

/**
 * Records the public API of every entry in `api/`.
 *
 * npm run api -- [--check]
 *
 * `--check` writes nothing; it shows what differs from the record, and fails if anything does.
 */
function main(): void {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const declarations = compileDeclarations("tsconfig.build.json");
  const entries = packageEntries(".")
    .filter(({ name }) => name !== ".")
    .map(({ name, source }) => ({ name, file: source, text: readFileSync(source, "utf8") }));
  const reports = new Map(
    entries.map((entry) => [
      `${entry.name.slice(2).replaceAll("/", "-")}.txt`,
      reportText(declarations, entry, entries),
    ]),
  );
  const recorded = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  for (const file of new Set([...recorded, ...reports.keys()]))
    settle(join(FOLDER, file), reports.get(file), values.check);
}

function settle(file: string, report: string | undefined, check: boolean): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (before === report) return;
  show(file, before, report ?? "");
  if (check) process.exitCode = 1;
  else if (report === undefined) rmSync(file);
  else {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, report);
  }
}

function show(file: string, before: string, after: string): void {
  const changes = compareReports(before, after);
  for (const breaks of [true, false]) {
    const some = changes.filter((change) => change.breaks === breaks);
    if (some.length === 0) continue;
    console.log(`${file}: ${breaks ? "removes or alters, a breaking change" : "adds"}`);
    for (const { declaration, lines } of some)
      console.log([`  ${declaration}`, ...lines.map((line) => `    ${line}`)].join("\n"));
  }
  if (changes.length === 0) console.log(`${file}: another order`);
}

main();
