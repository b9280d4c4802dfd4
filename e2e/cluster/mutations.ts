/** An object with one change. */
export interface Mutation<T> {
  /** What was changed, for example `spec.replicas: text for a number`. */
  readonly what: string;
  readonly change: "unknown field" | "wrong type" | "missing field" | "absurd value";
  readonly object: T;
}

type Path = readonly (string | number)[];

/**
 * Everything that can be done wrong with one stroke: at each place a field that is not there, a value of another type, a value that
 * nobody means, and nothing.
 */
export function mutations<T extends object>(object: T): Mutation<T>[] {
  return places(object, []).flatMap(([path, value]) => {
    // What object it is decides whom it is sent to.
    const fixed = ["apiVersion", "kind"].includes(String(path[0])) || path.join(".") === "metadata.name";
    if (fixed) return [];
    const found: Mutation<T>[] = [];
    if (isObject(value)) {
      const unknown = { ...value, notAField: "x" };
      found.push({
        what: `${shown(path)}.notAField`,
        change: "unknown field",
        object: replaced(object, path, unknown),
      });
    }
    if (path.length === 0) return found;
    for (const other of otherTypes(value)) {
      const what = `${shown(path)} = ${JSON.stringify(other)}`;
      found.push({ what, change: "wrong type", object: replaced(object, path, other) });
    }
    if (typeof value === "string") {
      found.push({
        what: `${shown(path)} = "Nobody Means This"`,
        change: "absurd value",
        object: replaced(object, path, "Nobody Means This"),
      });
    }
    found.push({
      what: `${shown(path)} taken away`,
      change: "missing field",
      object: replaced(object, path, undefined),
    });
    return found;
  });
}

function places(value: unknown, path: Path): [Path, unknown][] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => places(item, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))
      : [];
  return [[path, value], ...inside];
}

/** Null is left out: for the API it is the same as absent. */
function otherTypes(value: unknown): unknown[] {
  const all = ["text", 7, 1.5, true, ["text"], { key: "text" }];
  return all.filter((other) => typeOf(other) !== typeOf(value));
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** A copy with another value at a place; undefined takes it away. */
function replaced<T extends object>(object: T, path: Path, value: unknown): T {
  if (path.length === 0) return value as T;
  const copy = structuredClone(object);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], copy);
  const last = path.at(-1) as string | number;
  if (value !== undefined) (parent as Record<string | number, unknown>)[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string | number, unknown>)[last];
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
