import { visibleText } from "./visible-text";

/** Text as code inside a line, whatever is in it. */
export function codeSpan(text: string): string {
  const shown = visibleText(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines as a block of code, whatever is in them. */
export function fencedBlock(language: string, lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}

/** Text inside HTML. */
export function htmlText(text: string): string {
  return visibleText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
