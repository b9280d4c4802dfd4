import { join } from "node:path";
import { parseArgs } from "node:util";
import { lintedCharts } from "./chart-lint/charts";
import { type Check, report } from "./chart-lint/check";
import { withHelm } from "./chart-lint/helm-checks";
import { lintChart } from "./chart-lint/lint-chart";
import { findBase } from "./chart-lint/version-rule";

/**
 * Checks every chart of this package and of its examples, and shows all faults at once.
 *
 * npm run chart-lint -- [--base <git ref>]
 *
 * A chart whose content changed since the base must have a higher version. Without `--base` that is `origin/main`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { base: { type: "string" } } });
  const base = findBase(values.base);
  const found = new Map<string, readonly Check[]>();
  await withHelm(async (run) => {
    for (const chart of lintedCharts()) {
      found.set(chart.name, await lintChart(chart, { run, base, pages: join("docs", "charts") }));
    }
  });
  const { lines, failed } = report(found);
  console.log(lines.join("\n"));
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
