import { readExports } from "../lazy-entries/entry";
import { type Declarations, declarationFile, declarationTexts } from "./declarations";

/** Longer constants are data, such as the values of a chart: their generated file shows how they change. */
const MAX_CONSTANT_LINES = 20;

/** The public API of an entry: its declarations in the order of the alphabet, a blank line between them. */
export function reportText(declarations: Declarations, entry: string, source: string): string {
  const texts = readExports(entry, source).flatMap(({ from, names }) =>
    names.map((name) => ({
      name,
      text: declarationTexts(declarations, declarationFile(entry, from), name).map(shorten).join("\n"),
    })),
  );
  const sorted = texts.sort((one, other) => (one.name < other.name ? -1 : 1));
  return `${sorted.map(({ text }) => text).join("\n\n")}\n`;
}

function shorten(text: string): string {
  if (!text.startsWith("const ") || text.split("\n").length <= MAX_CONSTANT_LINES) return text;
  return `${text.slice(0, text.indexOf(":"))}: { ... };`;
}
