import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPages } from "../chart-docs/pages";
import { chartYamlFaults } from "./chart-yaml";
import type { LintedChart } from "./charts";
import type { Check } from "./check";
import { helmChecks, type RunHelm } from "./helm-checks";
import { lineFaults, yamlFaults } from "./text-style";
import { valuesSchemaFaults } from "./values-schema";
import { type Base, versionCheck } from "./version-rule";

export interface LintOptions {
  readonly run: RunHelm;
  readonly base: Base;
  /** Folder of the charts' pages. */
  readonly pages: string;
}

/** All checks of a chart: each finds all its faults, whatever the others found. */
export async function lintChart(chart: LintedChart, { run, base, pages }: LintOptions): Promise<Check[]> {
  const { folder, name, documented } = chart;
  const values = [...ciValues(folder), ...chart.values];
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  return [
    check("Chart.yaml", () => chartYamlFaults(text("Chart.yaml"), name)),
    check("style", () => styleFaults(folder)),
    check("schema of values", () => valuesSchemaFaults(text("values.schema.json"), text("values.yaml"))),
    ...(await helmChecks(run, folder, values)),
    ...(documented ? [check("page", () => pageFaults(chart, pages))] : []),
    versionCheck(folder, base),
  ];
}

function check(name: string, find: () => readonly string[]): Check {
  try {
    return { name, faults: find() };
  } catch (error) {
    return { name, faults: [error instanceof Error ? error.message : String(error)] };
  }
}

function styleFaults(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
  return files.flatMap((file) => {
    if (!/\.(yaml|tpl|txt)$/.test(file)) return [];
    const text = readFileSync(join(folder, file), "utf8");
    return [...lineFaults(file, text), ...(file.startsWith("templates/") ? [] : yamlFaults(file, text))];
  });
}

function ciValues(folder: string): string[] {
  const ci = join(folder, "ci");
  const files = existsSync(ci) ? readdirSync(ci).filter((file) => file.endsWith("-values.yaml")) : [];
  return files.sort().map((file) => join(ci, file));
}

function pageFaults({ folder, name }: LintedChart, pages: string): string[] {
  const stale = readPages(folder, name, pages).filter(({ before, after }) => before !== after);
  return stale.map(({ file }) => `${file} is not up to date; run: npm run chart-docs`);
}
