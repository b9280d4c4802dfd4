import { structuredPatch } from "diff";
import { isMap } from "../objects/is-map";
import { writeYaml } from "../objects/kubernetes-yaml";
import { canonical } from "./plain-data";

/** Longer lists and maps are shown as lines, an item a line. */
const FLOW_LENGTH = 40;
const ITEM_LENGTH = 110;
const NONE = "(none)";
/** Characters of a long text that are shown around what differs. */
const AROUND = 30;
const EXCERPT_LENGTH = 120;
const CONTEXT_LINES = 3;
/** Texts that differ in more lines than this are shown one after the other. */
const MAX_EDITS = 2000;

/** `old → new` where both fit on a line; undefined where they do not. */
export function arrowText(from: unknown, to: unknown): string | undefined {
  if (isLongText(from, to)) return `${excerpt(from, to)} → ${excerpt(to, from)}`;
  const [before, after] = [inlineText(from), inlineText(to)];
  return before === undefined || after === undefined ? undefined : `${before} → ${after}`;
}

/** The difference as lines: `- old`, `+ new`, and unchanged ones around them. */
export function lineDiff(from: unknown, to: unknown): string[] {
  const [before, after] = [blockText(from), blockText(to)];
  const options = { context: CONTEXT_LINES, maxEditLength: MAX_EDITS };
  const hunks = structuredPatch("", "", before, after, "", "", options)?.hunks;
  if (!hunks) return [...signed("-", before), ...signed("+", after)];
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const isTop = hunks.length === 1 && Math.min(oldStart, newStart) <= 1;
    const place = isTop ? [] : [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`];
    return [...place, ...lines.map((line) => `${line.slice(0, 1)} ${line.slice(1)}`)];
  });
}

/** A value on one line; undefined if it does not fit. */
function inlineText(value: unknown): string | undefined {
  if (value === undefined) return NONE;
  if (typeof value === "string") return value.includes("\n") ? undefined : plainText(value);
  const text = flowText(inKeyOrder(value));
  return typeof value !== "object" || text.length <= FLOW_LENGTH ? text : undefined;
}

function flowText(value: unknown): string {
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inside]) => `${plainText(key)}: ${flowText(inside)}`);
  return `{${entries.join(", ")}}`;
}

/** Quoted where YAML would read something else than this text. */
function plainText(text: string): string {
  return writeYaml(text).trimEnd() === text ? text : JSON.stringify(text);
}

function blockText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  const ordered = inKeyOrder(value);
  return Array.isArray(ordered) ? ordered.map(itemText).join("") : writeYaml(ordered);
}

function itemText(item: unknown): string {
  const text = flowText(item);
  return text.length <= ITEM_LENGTH ? `${text}\n` : writeYaml(item);
}

function inKeyOrder(value: unknown): unknown {
  return JSON.parse(canonical(value));
}

function signed(sign: string, text: string): string[] {
  return text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => `${sign} ${line}`);
}

function isLongText(from: unknown, to: unknown): from is string {
  const texts = [from, to].map((side) => (typeof side === "string" && !side.includes("\n") ? side : undefined));
  return texts.every((text) => text !== undefined) && texts.some((text = "") => text.length > EXCERPT_LENGTH);
}

/** The part of a long text that differs from another one, and a little around it. */
function excerpt(text: unknown, other: unknown): string {
  const [own, compared] = [String(text), String(other)];
  const shorter = Math.min(own.length, compared.length);
  let start = 0;
  while (start < shorter && own[start] === compared[start]) start += 1;
  let end = 0;
  while (end < shorter - start && own.at(-1 - end) === compared.at(-1 - end)) end += 1;
  const first = Math.max(0, start - AROUND);
  const last = Math.min(own.length, own.length - end + AROUND, first + EXCERPT_LENGTH);
  return `${first > 0 ? "…" : ""}${own.slice(first, last)}${last < own.length ? "…" : ""}`;
}
