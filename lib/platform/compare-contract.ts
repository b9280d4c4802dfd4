import type { PlatformContract } from "./contract";

/** A recorded fact: its name, and two Terraform expressions that give text. */
interface Fact {
  readonly name: string;
  readonly recorded: string;
  readonly now: string;
}

type Path = readonly string[];

/** What may change without a promise being broken; the version is compared by its major number. */
const FREE = ["contractVersion", "writtenBy", "cluster.kubernetesVersion"];

/**
 * A Terraform expression: the facts of a contract that no longer hold, a text for each. What was added since it was recorded is none.
 *
 * @param published an expression that gives what the platform publishes now
 */
export function changedFacts(contract: PlatformContract, published: string): string {
  const facts = factsOf(contract, published).map(
    ({ name, recorded, now }) => `[${quoted(name)}, ${recorded}, try(${now}, "nothing")]`,
  );
  const text = 'format("%s: recorded %s, now %s", fact...)';
  return `[for fact in [${facts.join(", ")}] : ${text} if fact[1] != fact[2]]`;
}

function factsOf(contract: PlatformContract, published: string): Fact[] {
  const [major] = contract.contractVersion.split(".");
  const version: Fact = {
    name: "contractVersion",
    recorded: quoted(`${major}.x`),
    now: `"\${split(".", ${published}.contractVersion)[0]}.x"`,
  };
  return [version, ...walk(contract, published, [])];
}

/** A fact for each value; one for all that is known of a namespace, so that it is told when the whole grant is gone. */
function walk(value: unknown, now: string, path: Path): Fact[] {
  const name = path.join(".");
  if (value === undefined || FREE.includes(name)) return [];
  const isNamespace = path.length === 2 && path[0] === "namespaces";
  if (isObject(value) && !isNamespace) {
    return Object.entries(value).flatMap(([key, each]) => walk(each, at(now, key), [...path, key]));
  }
  return [{ name, recorded: `jsonencode(${expression(value)})`, now: `jsonencode(${expressionNow(value, now)})` }];
}

/** A value as Terraform writes it. */
function expression(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (isObject(value)) return object(value, expression);
  return typeof value === "string" ? quoted(value) : String(value);
}

/** The same as it is published; of an object only the keys that are recorded. */
function expressionNow(value: unknown, now: string): string {
  return isObject(value) ? object(value, (each, key) => expressionNow(each, at(now, key))) : now;
}

function object(value: Readonly<Record<string, unknown>>, of: (each: unknown, key: string) => string): string {
  const pairs = Object.entries(value).map(([key, each]) => `${quoted(key)} = ${of(each, key)}`);
  return `{${pairs.join(", ")}}`;
}

function at(value: string, key: string): string {
  return `${value}[${quoted(key)}]`;
}

/** Text in quotes, as an expression. */
export function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

/** Text in which Terraform finds nothing to evaluate. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
