import { parse } from "yaml";
import { type ValueRow, valueRows } from "./value-rows";

/** What a page is made from. */
export interface PageSource {
  /** Chart.yaml */
  readonly chart: string;
  /** values.yaml */
  readonly values: string;
  /** The page as it is; undefined if there is none. */
  readonly before?: string;
}

interface ChartYaml {
  readonly name: string;
  readonly description?: string;
  readonly version: string;
  readonly appVersion?: string;
  readonly kubeVersion?: string;
}

const BLOCKS = ["head", "values"] as const;
type Block = (typeof BLOCKS)[number];

/**
 * The page of a chart: its head and its values between marks. What a hand has written around the marks stays.
 *
 * @throws {Error} if a value has no description, or if the page before has not both blocks
 */
export function chartPage({ chart, values, before }: PageSource): string {
  const rows = valueRows(values);
  const silent = rows.filter(({ description }) => description === undefined).map(({ key }) => key);
  if (silent.length > 0) throw new Error(`values.yaml: no comment above ${silent.join(", ")}`);
  const content: Readonly<Record<Block, string>> = { head: head(parse(chart) as ChartYaml), values: table(rows) };
  const start = before ?? BLOCKS.map((block) => `${opening(block)}\n${closing(block)}\n`).join("\n");
  return BLOCKS.reduce((page, block) => filled(page, block, content[block]), start);
}

function filled(page: string, block: Block, content: string): string {
  const from = page.indexOf(opening(block));
  const to = page.indexOf(closing(block));
  if (from < 0 || to < from) throw new Error(`the page has no ${opening(block)} with ${closing(block)} after it`);
  return `${page.slice(0, from)}${opening(block)}\n\n${content}\n\n${page.slice(to)}`;
}

function opening(block: Block): string {
  return `<!-- chart-docs: ${block} -->`;
}

function closing(block: Block): string {
  return `<!-- chart-docs: end of ${block} -->`;
}

function head({ name, description = "", version, appVersion, kubeVersion }: ChartYaml): string {
  const facts = [
    `Version ${version}`,
    ...(appVersion === undefined ? [] : [`application ${appVersion}`]),
    ...(kubeVersion === undefined ? [] : [`Kubernetes ${kubeVersion.replace(/-0$/, "")}`]),
  ];
  return `# ${name}\n\n${description.replace(/\.?$/, ".")}\n\n${facts.join(", ")}.`;
}

/** A Markdown table, its columns not aligned: a new value changes one line. */
function table(rows: readonly ValueRow[]): string {
  const lines = rows.map(({ key, type, defaultText, description = "" }) =>
    [code(key), type, code(defaultText), cell(description)].join(" | "),
  );
  return [
    "| key | type | default | description |",
    "| --- | --- | --- | --- |",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
