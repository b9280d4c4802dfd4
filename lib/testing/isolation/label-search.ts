/** Labels of a pod or of a namespace. */
export type Labels = Readonly<Record<string, string>>;

export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly string[];
}

/** The selector of Kubernetes. An empty one selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly (Omit<Requirement, "values"> & { readonly values?: readonly string[] })[];
}

export type Side = "from" | "to";

/** What the pod of one side must meet, or must not. */
export interface Literal {
  readonly side: Side;
  readonly requirement: Requirement;
  readonly holds: boolean;
}

/** At least one of them is so. An empty one cannot be. */
export type Clause = readonly Literal[];

/** A pod at each side. */
export type PodPair = Readonly<Record<Side, Labels>>;

export function requirementsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): Requirement[] {
  const equal = Object.entries(matchLabels).map(
    ([key, value]): Requirement => ({ key, operator: "In", values: [value] }),
  );
  return [...equal, ...matchExpressions.map((each) => ({ ...each, values: each.values ?? [] }))];
}

/** Whether a selector selects what has these labels. */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  return requirementsOf(selector).every((requirement) => meets(requirement, labels[requirement.key]));
}

/** The pod of the side is selected. */
export function selected(side: Side, selector: LabelSelector | undefined): Clause[] {
  return requirementsOf(selector).map((requirement) => [{ side, requirement, holds: true }]);
}

/** The pod of the side is not selected. */
export function notSelected(side: Side, selector: LabelSelector | undefined): Clause {
  return requirementsOf(selector).map((requirement) => ({ side, requirement, holds: false }));
}

/**
 * Looks for pods that all clauses hold for; undefined if there can be none. Labels are independent of one another, so each combination of
 * literals is possible if the literals of each label are.
 *
 * @param known The labels of a side, where they are given.
 */
export function findPods(clauses: readonly Clause[], known: Partial<PodPair> = {}): PodPair | undefined {
  const chosen = search(
    [...clauses].sort((one, other) => one.length - other.length),
    [],
    known,
  );
  return chosen && { from: known.from ?? labelsFor("from", chosen), to: known.to ?? labelsFor("to", chosen) };
}

function search(
  clauses: readonly Clause[],
  chosen: readonly Literal[],
  known: Partial<PodPair>,
): readonly Literal[] | undefined {
  const [clause, ...others] = clauses;
  if (!clause) return chosen;
  for (const literal of clause) {
    const labels = known[literal.side];
    const more = labels ? chosen : [...chosen, literal];
    const isPossible = labels
      ? isMet(literal, labels[literal.requirement.key])
      : valueFor(literal, more) !== IMPOSSIBLE;
    const found = isPossible ? search(others, more, known) : undefined;
    if (found) return found;
  }
  return undefined;
}

const IMPOSSIBLE = Symbol("impossible");

/** A value of a label that meets all that is asked of it; undefined if it must not be there. */
function valueFor(
  { side, requirement: { key } }: Literal,
  chosen: readonly Literal[],
): string | undefined | typeof IMPOSSIBLE {
  const asked = chosen.filter((each) => each.side === side && each.requirement.key === key);
  const candidates = [undefined, ...asked.flatMap(({ requirement }) => requirement.values), unusedValue(asked)];
  for (const value of candidates) if (asked.every((each) => isMet(each, value))) return value;
  return IMPOSSIBLE;
}

function unusedValue(asked: readonly Literal[]): string {
  const used = new Set(asked.flatMap(({ requirement }) => requirement.values));
  let value = "other";
  while (used.has(value)) value += "-other";
  return value;
}

function labelsFor(side: Side, chosen: readonly Literal[]): Labels {
  const own = chosen.filter((each) => each.side === side);
  const values = own.map((literal) => [literal.requirement.key, valueFor(literal, chosen)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function isMet({ requirement, holds }: Literal, value: string | undefined): boolean {
  return meets(requirement, value) === holds;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
function meets({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "In":
      return value !== undefined && values.includes(value);
    default:
      throw new Error(`the operator of a selector must be In, NotIn, Exists or DoesNotExist, got "${operator}"`);
  }
}
