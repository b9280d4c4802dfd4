import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartPage } from "./chart-page";

/** A chart's page as it is and as it shall be. */
export interface Page {
  /** Path of its file. */
  readonly file: string;
  readonly before?: string;
  readonly after: string;
}

/** Names of the charts of a folder. */
export function chartNames(charts: string): string[] {
  return readdirSync(charts).filter((name) => existsSync(join(charts, name, "Chart.yaml")));
}

/**
 * The page of a chart. It stands outside of the chart's folder: what is in there is part of every release, and a better sentence is no
 * new release.
 *
 * @throws {Error} as `chartPage`
 */
export function readPage(folder: string, name: string, pages: string): Page {
  const file = join(pages, `${name}.md`);
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const [chart, values] = ["Chart.yaml", "values.yaml"].map((part) => readFileSync(join(folder, part), "utf8"));
  return { file, before, after: chartPage({ chart: String(chart), values: String(values), before }) };
}
