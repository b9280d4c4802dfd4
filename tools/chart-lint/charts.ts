import { basename, join } from "node:path";
import { chartNames } from "../chart-docs/pages";

/** A chart to look at. */
export interface LintedChart {
  /** Path from the root of the repository, with `/`. */
  readonly folder: string;
  /** The name in its Chart.yaml. */
  readonly name: string;
  /** Files of complete values beside those in the chart's own `ci`. */
  readonly values: readonly string[];
  /** Whether it has a page in `docs/charts`. */
  readonly documented: boolean;
}

const EXAMPLES: readonly LintedChart[] = [
  {
    folder: "examples/twenty-applications/chart",
    name: "web-application",
    values: ["tools/chart-lint/web-application-values.yaml"],
    documented: false,
  },
];

/** The charts of this package and of its examples. */
export function lintedCharts(): LintedChart[] {
  const own = chartNames("charts").map((name) => ownChart(join("charts", name)));
  return [...own, ...EXAMPLES];
}

/** A chart that is named as its folder. */
export function ownChart(folder: string): LintedChart {
  return { folder, name: basename(folder), values: [], documented: true };
}
