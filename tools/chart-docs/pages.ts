import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chartPage, chartReadme } from "./chart-page";

/** A page about a chart as it is and as it shall be. */
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
 * What is written about a chart: its page, with what only a reader of the repository needs, and its README, for who pulls the chart.
 *
 * @param pages Folder of the pages.
 * @throws {Error} as `chartPage`
 */
export function readPages(folder: string, name: string, pages: string): Page[] {
  const [chart, values] = ["Chart.yaml", "values.yaml"].map((part) => readFileSync(join(folder, part), "utf8"));
  const source = { chart: String(chart), values: String(values) };
  const [file, readme] = [join(pages, `${name}.md`), join(folder, "README.md")];
  const before = textOf(file);
  return [
    { file, before, after: chartPage({ ...source, before }) },
    { file: readme, before: textOf(readme), after: chartReadme(source, relative(folder, file).replaceAll("\\", "/")) },
  ];
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
