import ts from "typescript";

/**
 * What a user sees of a declaration: no private members, and not how a function takes its parameter apart.
 *
 * @param isValue whether the name is there at run time; without it nobody reaches the constructor and static members of a class
 */
export function publicPart(statement: ts.Statement, isValue: boolean): ts.Statement {
  const { transformed } = ts.transform(statement, [publicOnly(isValue)]);
  return transformed[0] ?? statement;
}

function publicOnly(isValue: boolean): ts.TransformerFactory<ts.Statement> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node | undefined => {
      if (ts.isClassElement(node) && (isPrivate(node) || (!isValue && isOfTheClass(node)))) return undefined;
      if (!ts.isParameter(node) || ts.isIdentifier(node.name)) return ts.visitEachChild(node, visit, context);
      const { modifiers, dotDotDotToken, questionToken, type } = node;
      return context.factory.createParameterDeclaration(modifiers, dotDotDotToken, "props", questionToken, type);
    };
    return (statement) => ts.visitEachChild(statement, visit, context);
  };
}

function isPrivate(member: ts.ClassElement): boolean {
  const hidden = member.name !== undefined && ts.isPrivateIdentifier(member.name);
  return hidden || (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
}

function isOfTheClass(member: ts.ClassElement): boolean {
  return ts.isConstructorDeclaration(member) || (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}
