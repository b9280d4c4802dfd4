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
  return statements
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

/**
 * The JavaScript of an entry. Each name is a getter that loads its file; the last line runs never and tells Node the names, so that ES
 * modules can import them.
 *
 * @param root from the entry's folder to that of the package, for example `../../..`
 * @param peers from the entry's folder to the module that checks peers, for example `../core/peers`
 */
export function entryText(imports: readonly Import[], root: string, peers: string): string {
  const names = imports.flatMap((each) => each.names);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    "const importer = module.parent?.filename;",
    `const check = () => require(${JSON.stringify(peers)}).checkPeers(require("node:path").join(__dirname, ${JSON.stringify(root)}), importer);`,
    "const lazy = (name, load) =>",
    "  Object.defineProperty(exports, name, { enumerable: true, get: () => (check(), load()[name]) });",
    ...imports.flatMap(({ from, names: each }) =>
      each.map((name) => `lazy(${JSON.stringify(name)}, () => require(${JSON.stringify(from)}));`),
    ),
    "if (importer === undefined) check();",
    `0 && (module.exports = { ${names.join(", ")} });`,
    "",
  ].join("\n");
}
