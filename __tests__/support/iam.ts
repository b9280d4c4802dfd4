import type { Statement } from "../../lib/core/policy-document";

/** What a request carries besides action and resource, by condition key. */
export type RequestContext = Readonly<Record<string, string>>;

/**
 * Whether statements allow a request, as IAM evaluates them for one account: a Deny wins, and without an Allow it is no. Knows the operators that
 * this project writes, and throws at others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean {
  const about = statements.filter(
    (each) =>
      some(each.Action, (pattern) => matches(action, pattern, "i")) &&
      some(each.Resource ?? [], (pattern) => (resource === "*" ? pattern === "*" : matches(resource, pattern))) &&
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
  const name = operator.replace(/^ForA(ny|ll)Values?:/, "");
  return Object.entries(keys).every(([key, wanted]) => {
    const value = context[key];
    if (name !== "StringEquals" && name !== "StringLike") throw new Error(`the matcher does not know ${operator}`);
    if (value === undefined) return operator.startsWith("ForAll");
    return some(wanted, (pattern) => (name === "StringLike" ? matches(value, pattern) : value === pattern));
  });
}

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
