import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** Texts of declaration files by absolute path, as the build would write them, beside their sources. */
export type Declarations = ReadonlyMap<string, string>;

/**
 * Compiles declarations in memory.
 *
 * @throws {Error} if a type cannot be declared; other faults are the compiler's matter
 */
export function compileDeclarations(tsconfig: string): Declarations {
  const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(dirname(tsconfig)));
  const texts = new Map<string, string>();
  const program = ts.createProgram(fileNames, {
    ...options,
    emitDeclarationOnly: true,
    sourceMap: false,
    inlineSources: false,
    outDir: undefined,
    rootDir: undefined,
  });
  const { emitSkipped, diagnostics } = program.emit(undefined, (file, text) => texts.set(resolve(file), text));
  if (emitSkipped || diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)) || "no declarations");
  }
  return texts;
}

/** The declarations of a name in a file, one text for each, without comments and private members. */
export function declarationTexts(declarations: Declarations, file: string, name: string): string[] {
  const text = declarations.get(resolve(file));
  if (text === undefined) throw new Error(`${file} has no declarations`);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = source.statements.filter((statement) => declares(statement, name));
  if (found.length === 0) throw new Error(`${file} does not declare ${name} itself`);
  return found.map((statement) => print(statement, source));
}

/** The declaration file beside an entry that an import leads to. */
export function declarationFile(entry: string, from: string): string {
  return `${join(dirname(entry), from)}.d.ts`;
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((each) => each.name.getText() === name);
  }
  const declared = ts.getNameOfDeclaration(statement as unknown as ts.Declaration);
  return declared !== undefined && ts.isIdentifier(declared) && declared.text === name;
}

const printer = ts.createPrinter({ removeComments: true });

function print(statement: ts.Statement, source: ts.SourceFile): string {
  const { transformed } = ts.transform(statement, [publicOnly]);
  return printer
    .printNode(ts.EmitHint.Unspecified, transformed[0] ?? statement, source)
    .replace(/^export (declare )?/, "")
    .replace(/^( {4})+/gm, (indentation) => indentation.slice(indentation.length / 2));
}

/** Leaves out private members, and how a function takes its parameter apart. */
function publicOnly(context: ts.TransformationContext): ts.Transformer<ts.Statement> {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isClassElement(node) && isPrivate(node)) return undefined;
    if (!ts.isParameter(node) || ts.isIdentifier(node.name)) return ts.visitEachChild(node, visit, context);
    const { modifiers, dotDotDotToken, questionToken, type } = node;
    return context.factory.createParameterDeclaration(modifiers, dotDotDotToken, "props", questionToken, type);
  };
  return (statement) => ts.visitEachChild(statement, visit, context);
}

function isPrivate(member: ts.ClassElement): boolean {
  const hidden = member.name !== undefined && ts.isPrivateIdentifier(member.name);
  return hidden || (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
}
