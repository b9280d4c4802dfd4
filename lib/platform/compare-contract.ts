import type { PlatformContract } from "./contract";
import { type ContractPromise, levelsFor, listOf, majorOf, promisesOf } from "./contract-rules";

/**
 * A Terraform expression for each promise of a recorded contract: an empty text if what is published now keeps it, or else a line that says
 * what was recorded and what is.
 *
 * @param published an expression that gives what the platform publishes now; whatever it gives, none of these fails
 */
export function changedFacts(contract: PlatformContract, published: string): string[] {
  return promisesOf(contract).map((promise) => `${condition(promise, published)} ? "" : ${line(promise, published)}`);
}

function condition({ rule, path, recorded }: ContractPromise, published: string): string {
  const now = expressionAt(published, path);
  const value = quoted(String(recorded));
  if (rule === "major") return `try(split(".", ${now})[0], "") == ${quoted(majorOf(String(recorded)))}`;
  if (rule === "grows") return `try(length(setsubtract(${expressionList(listOf(recorded))}, ${now})) == 0, false)`;
  if (rule === "level") return `try(contains(${expressionList(levelsFor(String(recorded)))}, ${now}), false)`;
  return `try(tostring(${now}), "") == ${value}`;
}

/** One for all that is known of a namespace, so that it is told when the whole grant is gone. */
function line({ rule, path, recorded }: ContractPromise, published: string): string {
  const [root = "", name = ""] = path;
  const [shown, value] = rule === "level" ? [[root, name], { podSecurityLevel: recorded }] : [path, recorded];
  const now = `try(jsonencode(${expressionAt(published, shown)}), "nothing")`;
  return `format("%s: recorded %s, now %s", ${quoted(shown.join("."))}, ${quoted(JSON.stringify(value))}, ${now})`;
}

/** What stands at a path of what an expression gives. */
export function expressionAt(published: string, path: readonly string[]): string {
  return published + path.map((key) => `[${quoted(key)}]`).join("");
}

/** A list of texts, as an expression. */
export function expressionList(values: readonly unknown[]): string {
  return `[${values.map((each) => quoted(String(each))).join(", ")}]`;
}

/** Text in quotes, as an expression. */
export function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

/** Text in which Terraform finds nothing to evaluate. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
