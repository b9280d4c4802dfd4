import { Token } from "cdktf";
import type { Faults } from "../core/faults";

/** Keys that JavaScript has uses of its own for: a map drops them, or finds something else there. */
const OWN_KEYS = ["__proto__", "constructor", "prototype"];

/** A control character, or what Terraform would evaluate: nothing of a contract is a template. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const EVALUATED = /[$%]\{|[\u0000-\u001f\u007f-\u009f]/;

/**
 * Adds what is wrong with texts and keys at any depth of what should be a contract, whatever they are for. Answers false if it is no plain
 * data, so that nothing else can be asked of it.
 */
export function checkContractTexts(faults: Faults, given: unknown): boolean {
  const json = jsonOf(given);
  faults.check(json !== undefined, "contract", "must be plain data, as JSON can hold it");
  if (json === undefined) return false;
  faults.check(!Token.isUnresolved(json), "contract", "must be known at synth, got a token");
  if (Token.isUnresolved(json)) return false;
  checkWithin(faults, given, []);
  return true;
}

function checkWithin(faults: Faults, value: unknown, path: readonly string[]): void {
  const name = path.join(".");
  if (typeof value === "string") checkText(faults, name, value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const own = [...path, key];
    if (OWN_KEYS.includes(key)) faults.add(own.join("."), "must have another name: JavaScript keeps it for itself");
    else {
      checkText(faults, own.join("."), key);
      checkWithin(faults, each, own);
    }
  }
}

function checkText(faults: Faults, property: string, text: string): void {
  const rule = "must hold no ${ or %{, which Terraform evaluates, and no control characters";
  faults.check(!EVALUATED.test(text), property, rule, text);
}

function jsonOf(given: unknown): string | undefined {
  try {
    return JSON.stringify(given);
  } catch {
    return undefined;
  }
}
