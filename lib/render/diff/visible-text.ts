/** Characters that move the cursor, change colours, turn the direction of writing, or show nothing. Tabs stay. */
const INVISIBLE = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line that shows what it holds: a rendered text cannot play with the terminal or with the reader. */
export function visibleText(line: string): string {
  return line.replaceAll(INVISIBLE, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
}
