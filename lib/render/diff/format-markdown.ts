import { marksText, objectLines, releaseLines, SIGNS } from "./change-text";
import { type DiffReport, IMMUTABLE_NOTE, summary } from "./diff-report";
import type { ObjectChange } from "./environment-diff";
import { codeSpan, fencedBlock, htmlText } from "./markdown-text";
import type { Mark } from "./marks";
import { splitVersionLabels, versionLabelsText } from "./version-labels";

/** GitHub refuses a longer comment. A little is left for what a pipeline writes around. */
export const COMMENT_MAX_LENGTH = 65_536;
const MAX_LENGTH = COMMENT_MAX_LENGTH - 1_024;
/** So many changes are shown unfolded. */
const UNFOLDED = 10;
const NAMES_PER_ASK = 10;

/**
 * For a comment in a pull request. What does not fit into one is left out, whole objects at a time, and counted; what needs an explicit
 * yes stands first.
 */
export function formatMarkdown(
  report: DiffReport,
  { maxLength = MAX_LENGTH }: { readonly maxLength?: number } = {},
): string {
  const { shown, versionLabels } = splitVersionLabels(report.objects);
  const isOpen = shown.length + report.releases.length <= UNFOLDED;
  const blocks = [
    ...report.releases.map((change) => releaseBlock(change, report, isOpen)),
    ...shown.map((change) => objectBlock(change, isOpen)),
    ...versionLabels.map((labels) => `- ${versionLabelsText(labels, codeSpan)} (${codeSpan(labels.source)})`),
  ];
  const top = [`### ${codeSpan(report.environment)}: ${summary(report)}`, ...askBlock(report)];
  const end = report.objects.length > 0 ? [`_${IMMUTABLE_NOTE}_`] : [];
  const room = maxLength - [...top, ...end, leftOut(blocks.length)].join("\n\n").length - 1;
  const fitting = thatFit(blocks, room);
  const missing = blocks.length - fitting.length;
  return `${[...top, ...fitting, ...(missing > 0 ? [leftOut(missing)] : []), ...end].join("\n\n")}\n`;
}

function releaseBlock(change: DiffReport["releases"][number], { objects }: DiffReport, isOpen: boolean): string {
  const { release, marks } = change;
  const lines = releaseLines(
    change,
    objects.some(({ source }) => source === release),
  );
  return block({ sign: SIGNS[change.change], name: `release ${release}`, marks, lines, isOpen });
}

function objectBlock(change: ObjectChange, isOpen: boolean): string {
  const { object: name, source, marks } = change;
  return block({ sign: SIGNS[change.change], name, source, marks, lines: objectLines(change), isOpen });
}

/** A line; with what differs folded below it. */
function block(options: {
  readonly sign: string;
  readonly name: string;
  readonly source?: string;
  readonly marks: readonly Mark[];
  readonly lines: readonly string[];
  readonly isOpen: boolean;
}): string {
  const { sign, name, source, marks, lines, isOpen } = options;
  const said = marksText(marks);
  if (lines.length === 0) {
    const from = source === undefined ? "" : ` (${codeSpan(source)})`;
    return `- ${codeSpan(`${sign} ${name}`)}${said ? `: ${said}` : ""}${from}`;
  }
  const from = source === undefined ? "" : ` (<code>${htmlText(source)}</code>)`;
  const title = `<code>${htmlText(`${sign} ${name}`)}</code>${said ? `: ${said}` : ""}${from}`;
  const details = `<details${isOpen ? " open" : ""}><summary>${title}</summary>`;
  return `${details}\n\n${fencedBlock("diff", lines)}\n\n</details>`;
}

function askBlock({ asks }: DiffReport): string[] {
  if (asks.length === 0) return [];
  const lines = asks.map(({ what, where }) => {
    const names = where.slice(0, NAMES_PER_ASK).map(codeSpan).join(", ");
    const more = where.length - NAMES_PER_ASK;
    return `> - **${what}**: ${names}${more > 0 ? ` and ${more} more` : ""}`;
  });
  const allow = codeSpan(`--allow ${asks.map(({ what }) => what).join(",")}`);
  return [["> [!CAUTION]", `> Needs an explicit yes: ${allow}`, ">", ...lines].join("\n")];
}

/** Those that fit into the room, in their order; a later one may fit where an earlier one did not. */
function thatFit(blocks: readonly string[], room: number): string[] {
  let left = room;
  return blocks.filter((text) => {
    const fits = text.length + 2 <= left;
    if (fits) left -= text.length + 2;
    return fits;
  });
}

function leftOut(count: number): string {
  return `**${count} more left out here, for the length of a comment; the text format shows all.**`;
}
