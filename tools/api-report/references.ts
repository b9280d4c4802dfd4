import ts from "typescript";
import { type Declared, declarationFile, declares } from "./declarations";

/** What a declaration speaks of, as far as the project declares it. */
export function references(part: ts.Statement, source: ts.SourceFile): Declared[] {
  const found: Declared[] = [];
  const visit = (node: ts.Node): void => {
    const named = nameIn(node);
    const declared = named && (named.from ? imported(source, named.from, named.name) : find(source, named.name));
    if (declared) found.push(declared);
    ts.forEachChild(node, visit);
  };
  visit(part);
  return found;
}

interface Named {
  readonly name: string;
  /** Of `import("./key").Key`. */
  readonly from?: string;
}

function nameIn(node: ts.Node): Named | undefined {
  if (ts.isTypeReferenceNode(node)) return { name: leftmost(node.typeName) };
  if (ts.isTypeQueryNode(node) && !ts.isImportTypeNode(node.exprName)) return { name: leftmost(node.exprName) };
  if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) return { name: node.expression.text };
  if (!ts.isImportTypeNode(node) || !node.qualifier || !ts.isLiteralTypeNode(node.argument)) return undefined;
  const { literal } = node.argument;
  return ts.isStringLiteral(literal) ? { name: leftmost(node.qualifier), from: literal.text } : undefined;
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

/** Where a name of a file is declared; undefined for names of packages and of the language. */
function find(source: ts.SourceFile, name: string): Declared | undefined {
  if (source.statements.some((statement) => declares(statement, name))) return { file: source.fileName, name };
  for (const statement of source.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    const specifier =
      bindings && ts.isNamedImports(bindings) && bindings.elements.find((element) => element.name.text === name);
    if (!specifier || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    return imported(source, statement.moduleSpecifier.text, (specifier.propertyName ?? specifier.name).text);
  }
  return undefined;
}

function imported(source: ts.SourceFile, from: string, name: string): Declared | undefined {
  return from.startsWith(".") ? { file: declarationFile(source.fileName, from), name } : undefined;
}
