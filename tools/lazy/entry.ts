import ts from "typescript";

/** What an entry takes from one file. */
export interface Import {
  readonly from: string;
  readonly names: readonly string[];
}

/**
 * Reads the source of an entry that lists names one by one, and has nothing else. Types are gone at run time, and left out.
 *
 * @throws {Error} if a statement is anything but `export { ... } from "..."`
 */
export function readEntry(file: string, source: string): Import[] {
  const statements = statementsOf(file, source);
  if (!statements.every(isList)) {
    throw new Error(`${file}: an entry lists names, export { ... } from "...", and has nothing else`);
  }
  return readValues(file, source);
}

/** The names that a file lists and that are there at run time, whatever else it does. */
export function readValues(file: string, source: string): Import[] {
  return statementsOf(file, source)
    .filter(isList)
    .flatMap((list) => namesIn(file, list, !list.isTypeOnly, ({ isTypeOnly }) => !isTypeOnly));
}

/** All names that a file lists, types among them, whatever else it does. */
export function readExports(file: string, source: string): Import[] {
  return statementsOf(file, source)
    .filter(isList)
    .flatMap((list) => namesIn(file, list, true, () => true));
}

type List = ts.ExportDeclaration & {
  readonly exportClause: ts.NamedExports;
  readonly moduleSpecifier: ts.StringLiteral;
};

function statementsOf(file: string, source: string): readonly ts.Statement[] {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest).statements;
}

function isList(statement: ts.Statement): statement is List {
  if (!ts.isExportDeclaration(statement)) return false;
  const { exportClause, moduleSpecifier } = statement;
  return exportClause !== undefined && ts.isNamedExports(exportClause) && moduleSpecifier !== undefined;
}

function namesIn(
  file: string,
  { exportClause, moduleSpecifier }: List,
  wanted: boolean,
  isWanted: (specifier: ts.ExportSpecifier) => boolean,
): Import[] {
  const renamed = exportClause.elements.find(({ propertyName }) => propertyName);
  if (renamed) throw new Error(`${file}: ${renamed.name.text} has another name in its file`);
  const names = wanted ? exportClause.elements.filter(isWanted).map(({ name }) => name.text) : [];
  return names.length === 0 ? [] : [{ from: moduleSpecifier.text, names }];
}

/** What the JavaScript of an entry is made of. */
export interface EntryParts {
  readonly imports: readonly Import[];
  /** Peers that a file of the imports loads. */
  readonly peersOf: (from: string) => readonly string[];
  /** From the entry's folder to that of the package, for example `../../..`. */
  readonly root: string;
  /** From the entry's folder to the module that checks peers, for example `../core/peers`. */
  readonly checker: string;
}

/**
 * The JavaScript of an entry. Each name is a getter that loads its file; the last line runs never and tells Node the names, so that ES
 * modules can import them. An ES module reads all names at import, and asks for all peers at once.
 */
export function entryText({ imports, peersOf, root, checker }: EntryParts): string {
  const getters = imports.flatMap(({ from, names }) =>
    names.map((name) => {
      const [text, needed, file] = [name, peersOf(from), from].map((value) => JSON.stringify(value));
      return `lazy(${text}, ${needed}, () => require(${file}));`;
    }),
  );
  const all = [...new Set(imports.flatMap(({ from }) => peersOf(from)))].sort();
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    "const importer = module.parent?.filename;",
    `const library = require("node:path").join(__dirname, ${JSON.stringify(root)});`,
    `const check = (needed) => require(${JSON.stringify(checker)}).checkPeers(library, importer, needed);`,
    "const lazy = (name, needed, load) =>",
    "  Object.defineProperty(exports, name, { enumerable: true, get: () => (check(needed), load()[name]) });",
    ...getters,
    `if (importer === undefined) check(${JSON.stringify(all)});`,
    `0 && (module.exports = { ${imports.flatMap(({ names }) => names).join(", ")} });`,
    "",
  ].join("\n");
}
