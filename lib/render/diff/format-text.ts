import { ALWAYS_ASKED } from "./asks";
import { marksText, objectLines, releaseLines, SIGNS } from "./change-text";
import { type DiffReport, IMMUTABLE_NOTE, summary } from "./diff-report";
import type { ObjectChange } from "./environment-diff";
import { splitVersionLabels, versionLabelsText } from "./version-labels";
import { visibleText } from "./visible-text";

const NAME_COLUMN_MAX = 60;
const COLOURS = { "+": 32, "-": 31, "!": 33, "~": 36, "@": 36 } as const;
const BOLD = 1;
const LOUD = 31;

interface Row {
  readonly sign: string;
  readonly name: string;
  readonly marks: string;
  readonly isLoud: boolean;
  /** Stands at the end in brackets. */
  readonly source?: string;
  readonly lines: readonly string[];
}

/** For a terminal: an object a line, and below it what differs. */
export function formatText(report: DiffReport, { colour = false }: { readonly colour?: boolean } = {}): string {
  const paint = colour ? painted : (text: string) => text;
  const { shown, versionLabels } = splitVersionLabels(report.objects);
  const rows = [...report.releases.map((release) => releaseRow(release, report)), ...shown.map(objectRow)];
  const [names, marks] = [columnWidth(rows.map(({ name }) => name)), columnWidth(rows.map((row) => row.marks))];
  const lines = [
    paint(visibleText(`${report.environment}: ${summary(report)}`), BOLD),
    ...rows.flatMap((row) => rowLines(row, { names, marks }, paint)),
    ...versionLabels.map((labels) => `  ~ ${versionLabelsText(labels, visibleText)} (${visibleText(labels.source)})`),
    ...askLines(report, paint),
    ...(report.objects.length > 0 ? ["", IMMUTABLE_NOTE] : []),
  ];
  return `${lines.join("\n")}\n`;
}

type Paint = (text: string, ...codes: readonly number[]) => string;

function painted(text: string, ...codes: readonly number[]): string {
  return codes.length === 0 ? text : `\u001b[${codes.join(";")}m${text}\u001b[0m`;
}

function releaseRow(change: DiffReport["releases"][number], { objects }: DiffReport): Row {
  const { release, marks } = change;
  const differs = objects.some(({ source }) => source === release);
  return {
    sign: SIGNS[change.change],
    name: `release ${release}`,
    marks: marksText(marks),
    isLoud: isLoud(marks),
    lines: releaseLines(change, differs),
  };
}

function objectRow(change: ObjectChange): Row {
  const { object, source, marks } = change;
  const sign = SIGNS[change.change];
  return { sign, name: object, marks: marksText(marks), isLoud: isLoud(marks), source, lines: objectLines(change) };
}

function isLoud(marks: ObjectChange["marks"]): boolean {
  return marks.some(({ mark }) => ALWAYS_ASKED.includes(mark));
}

function columnWidth(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length).filter((length) => length <= NAME_COLUMN_MAX));
}

function rowLines(
  { sign, name, marks, isLoud: loud, source, lines }: Row,
  width: { readonly names: number; readonly marks: number },
  paint: Paint,
): string[] {
  const head = `${sign} ${visibleText(name.padEnd(width.names))}`;
  const codes = loud ? [BOLD, LOUD] : [COLOURS[sign as keyof typeof COLOURS]];
  const tail = [marks.padEnd(width.marks), source === undefined ? "" : `(${visibleText(source)})`]
    .filter(Boolean)
    .join("  ");
  return [
    `  ${paint(head, ...codes)}  ${loud ? paint(tail, BOLD, LOUD) : tail}`.trimEnd(),
    ...lines.map((line) => `      ${paintedLine(line, paint)}`.trimEnd()),
  ];
}

function paintedLine(line: string, paint: Paint): string {
  const code = /^([-+!] |@@ )/.test(line) ? COLOURS[line[0] as keyof typeof COLOURS] : undefined;
  return code === undefined ? line : paint(line, code);
}

function askLines({ asks }: DiffReport, paint: Paint): string[] {
  if (asks.length === 0) return [];
  return [
    "",
    paint("Needs an explicit yes:", BOLD, LOUD),
    ...asks.flatMap(({ what, where }) => where.map((name) => visibleText(`  ${what}: ${name}`))),
    `To say yes: --allow ${asks.map(({ what }) => what).join(",")}`,
  ];
}
