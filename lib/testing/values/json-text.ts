/** The key that JSON stands below in a snapshot which the stack holds as text. */
export const JSON_TEXT = "<json>";

/** An object or a list that a text holds as JSON; undefined if it holds none. */
export function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
