import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from "yaml";

/** A value of a chart as its documentation shows it. */
export interface ValueRow {
  /** For example `image.tag`. */
  readonly key: string;
  readonly type: "bool" | "float" | "int" | "list" | "null" | "object" | "string";
  /** As JSON. */
  readonly defaultText: string;
  /** The comment above the key; undefined if there is none. */
  readonly description?: string;
}

/**
 * Reads the values of a chart and the comments above them. A comment is `# -- text`, on as many lines as it takes; where a value has no
 * such comment, the lines right above it count. A map with keys is one row if `# --` stands above it, else each of its values is one.
 *
 * @throws {Error} if the text is no map in YAML
 */
export function valueRows(text: string): ValueRow[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw error;
  if (document.contents === null) return [];
  if (!isMap(document.contents)) throw new Error("values.yaml must be a map");
  return rowsOf(document.contents as YAMLMap, "", document.commentBefore ?? "");
}

function rowsOf(map: YAMLMap, prefix: string, above: string): ValueRow[] {
  return map.items.flatMap((pair, index) => {
    // What stands above the first key of a map belongs to the map, for the parser.
    const before = index === 0 ? [above, map.commentBefore] : [];
    const comment = [...before, commentOf(pair)].filter(Boolean).join("\n");
    return rowsOfPair(pair, prefix, comment);
  });
}

function rowsOfPair({ key, value }: Pair, prefix: string, comment: string): ValueRow[] {
  const path = `${prefix}${keyText(isScalar(key) ? String(key.value) : String(key))}`;
  const described = afterDashes(comment);
  if (isMap(value) && value.items.length > 0) {
    const inside = rowsOf(value as YAMLMap, `${path}.`, "");
    if (described === undefined) return inside;
    return [row(path, value.toJSON(), described), ...inside.filter(({ description }) => description !== undefined)];
  }
  const plain: unknown = isMap(value) || isSeq(value) || isScalar(value) ? value.toJSON() : value;
  return [row(path, plain, described ?? lastParagraph(comment))];
}

function row(key: string, value: unknown, description: string | undefined): ValueRow {
  return {
    key,
    type: typeOf(value),
    defaultText: JSON.stringify(value ?? null),
    description: description || undefined,
  };
}

function typeOf(value: unknown): ValueRow["type"] {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "boolean") return "bool";
  return typeof value === "object" ? "object" : "string";
}

function commentOf({ key }: Pair): string {
  return isScalar(key) ? (key.commentBefore ?? "") : "";
}

function afterDashes(comment: string): string | undefined {
  const [, text] = /^ ?-- ([\s\S]*)$/m.exec(lines(comment).join("\n")) ?? [];
  return text === undefined ? undefined : oneLine(text);
}

function lastParagraph(comment: string): string {
  return oneLine(lines(comment).join("\n"));
}

/** The lines after the last empty one: those above it are about something else. */
function lines(comment: string): string[] {
  const all = comment.split("\n").map((line) => line.trimEnd());
  return all.slice(all.lastIndexOf("") + 1);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function keyText(key: string): string {
  return key.includes(".") ? JSON.stringify(key) : key;
}
