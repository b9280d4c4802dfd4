import type { Statement } from "../../lib/core/policy-document";

/** What a request carries besides action and resource, by condition key. */
export type RequestContext = Readonly<Record<string, string>>;

type Exempting = Statement & { readonly NotResource?: string | readonly string[] };

/**
 * Whether statements allow a request, as IAM evaluates them for one account: a Deny wins, and without an Allow it is no. Knows the operators that
 * this project writes, and throws at others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(
  statements: readonly Exempting[],
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean {
  const isOne = (pattern: string) => (resource === "*" ? pattern === "*" : matches(resource, pattern));
  const about = statements.filter(
    (each) =>
      some(each.Action, (pattern) => matches(action, pattern, "i")) &&
      (each.NotResource === undefined ? some(each.Resource ?? [], isOne) : !some(each.NotResource, isOne)) &&
      Object.entries(each.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, context)),
  );
  return about.some(({ Effect }) => Effect === "Allow") && !about.some(({ Effect }) => Effect === "Deny");
}

function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  context: RequestContext,
): boolean {
  // Every value in these tests is single: "any of" and "all of" what the request has are then the same.
  const [, all, name = "", ifExists] = /^(?:ForAnyValue:|(ForAllValues:))?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const test = OPERATORS[name];
  if (!test) throw new Error(`the matcher does not know ${operator}`);
  return Object.entries(keys).every(([key, wanted]) => {
    const value = context[key];
    if (name === "Null") return some(wanted, (isNull) => (value === undefined) === (isNull === "true"));
    if (value === undefined) return all !== undefined || ifExists !== undefined || name === "StringNotEquals";
    return test(value, wanted);
  });
}

type Test = (value: string, wanted: string | readonly string[]) => boolean;

const OPERATORS: Readonly<Record<string, Test>> = {
  Bool: (value, wanted) => some(wanted, (each) => value === each),
  Null: () => false,
  StringEquals: (value, wanted) => some(wanted, (each) => value === each),
  StringEqualsIgnoreCase: (value, wanted) => some(wanted, (each) => value.toLowerCase() === each.toLowerCase()),
  StringLike: (value, wanted) => some(wanted, (each) => matches(value, each)),
  StringNotEquals: (value, wanted) => !some(wanted, (each) => value === each),
};

function some(values: string | readonly string[], test: (value: string) => boolean): boolean {
  return typeof values === "string" ? test(values) : values.some(test);
}

function matches(value: string, pattern: string, flags = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, flags).test(value);
}
