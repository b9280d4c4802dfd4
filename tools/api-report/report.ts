import { resolve } from "node:path";
import ts from "typescript";
import { readExports, readValues } from "../lazy/entry";
import { NOT_EXPORTED, TYPE_ONLY } from "./compare";
import { type Declarations, type Declared, declarationFile, declarationsOf } from "./declarations";
import { publicPart } from "./public-part";
import { references } from "./references";

/** An entry's source. */
export interface EntrySource {
  readonly file: string;
  readonly text: string;
}

/**
 * The public API of an entry: its declarations and those that they speak of, in the order of the alphabet, a blank line between them.
 *
 * @param entries all entries; what another of them has is recorded there
 */
export function reportText(declarations: Declarations, entry: EntrySource, entries: readonly EntrySource[]): string {
  const own = exported(entry, readExports);
  const values = new Set(exported(entry, readValues).map(keyOf));
  const isExported = new Set(entries.flatMap((each) => exported(each, readExports)).map(keyOf));
  const found = new Map(own.map((declared) => [keyOf(declared), declared]));
  const texts = [];
  for (const [key, declared] of found) {
    const [statements, source] = declarationsOf(declarations, declared);
    const parts = statements.map((statement) => publicPart(statement, values.has(key)));
    const isGenerated = declarations.get(declared.file)?.isGenerated ?? false;
    const printed = parts.map((part) => print(part, source)).map((text) => (isGenerated ? elide(text) : text));
    const isTypeOnly = statements.some(ts.isClassDeclaration) && !values.has(key);
    const mark = isExported.has(key) ? isTypeOnly && TYPE_ONLY : NOT_EXPORTED;
    texts.push({ name: declared.name, text: [mark, ...printed].filter((text) => text !== false).join("\n") });
    for (const each of parts.flatMap((part) => references(part, source))) {
      if (!isExported.has(keyOf(each))) found.set(keyOf(each), each);
    }
  }
  const sorted = texts.sort((one, other) => (one.name < other.name ? -1 : 1));
  return `${sorted.map(({ text }) => text).join("\n\n")}\n`;
}

function exported(entry: EntrySource, read: typeof readExports): Declared[] {
  return read(entry.file, entry.text).flatMap(({ from, names }) =>
    names.map((name) => ({ file: resolve(declarationFile(entry.file, from)), name })),
  );
}

function keyOf({ file, name }: Declared): string {
  return `${file}#${name}`;
}

const printer = ts.createPrinter({ removeComments: true });

function print(statement: ts.Statement, source: ts.SourceFile): string {
  return printer
    .printNode(ts.EmitHint.Unspecified, statement, source)
    .replace(/^(export )?(declare )?/, "")
    .replace(/^( {4})+/gm, (indentation) => indentation.slice(indentation.length / 2));
}

/** A generated constant is data, such as the values of a chart: its file shows how it changes. */
function elide(text: string): string {
  return text.startsWith("const ") ? `${text.slice(0, text.indexOf(":"))}: { ... };` : text;
}
