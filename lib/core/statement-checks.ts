import { Token } from "cdktf";
import type { Faults } from "./faults";
import { nearest } from "./nearest";

const KEYS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/**
 * Adds what is wrong with the statements of a policy that belongs to a role. Types are checked too: IAM would refuse at apply what a slip of
 * JavaScript leaves out. Whether actions and resources are there is for AWS to say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkStatements(faults: Faults, property: string, statements: unknown): void {
  if (!Array.isArray(statements)) {
    faults.add(property, "must be a list of statements", statements ?? null);
    return;
  }
  // Not `entries`: a hole is no statement either.
  for (let index = 0; index < statements.length; index++)
    checkStatement(faults, `${property}[${index}]`, statements[index]);
}

function checkStatement(faults: Faults, property: string, statement: unknown): void {
  if (!isObject(statement)) {
    faults.add(property, "must be a statement", statement ?? null);
    return;
  }
  checkKeys(faults, property, statement);
  const { Sid, Effect, Condition } = statement;
  const isSid = Sid === undefined || isLate(Sid) || (typeof Sid === "string" && /^[A-Za-z0-9]*$/.test(Sid));
  faults.check(isSid, `${property}.Sid`, "must be letters and digits", Sid);
  const isEffect = Effect === "Allow" || Effect === "Deny" || isLate(Effect);
  faults.check(isEffect, `${property}.Effect`, 'must be one of "Allow", "Deny"', Effect ?? null);
  checkEither(faults, property, statement, "Action", "NotAction");
  checkEither(faults, property, statement, "Resource", "NotResource");
  const isCondition =
    Condition === undefined || isLate(Condition) || (isObject(Condition) && operatorsOf(Condition).every(isObject));
  const fix = 'for example { StringEquals: { "aws:ResourceTag/Team": "genomics" } }';
  faults.check(isCondition, `${property}.Condition`, "must be operators, each with its keys", undefined, fix);
}

function checkKeys(faults: Faults, property: string, statement: Readonly<Record<string, unknown>>): void {
  const odd = Object.keys(statement).filter((key) => statement[key] !== undefined && !KEYS.includes(key));
  for (const key of odd) {
    if (key === "Principal" || key === "NotPrincipal") {
      faults.add(`${property}.${key}`, "must not be set: the role that has the policy is its principal");
    } else {
      const near = nearest(key, KEYS);
      const fix = near === undefined ? `known are ${KEYS.join(", ")}` : `did you mean "${near}"?`;
      faults.add(`${property}.${key}`, "is not a key of a statement", undefined, fix);
    }
  }
}

/** One of two keys, with at least one text. */
function checkEither(
  faults: Faults,
  property: string,
  statement: Readonly<Record<string, unknown>>,
  key: string,
  not: string,
): void {
  const given = [key, not].filter((each) => statement[each] !== undefined);
  const [name = key] = given;
  if (given.length !== 1) {
    faults.add(`${property}.${key}`, given.length === 0 ? "must be given" : `must not be given beside '${not}'`);
    return;
  }
  const value = statement[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const holds = list.length > 0 && list.every((each) => typeof each === "string" && each !== "");
  faults.check(holds, `${property}.${name}`, "must be text or a list of texts, none empty", value);
}

/** Those that JSON keeps. */
function operatorsOf(condition: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(condition).filter((each) => each !== undefined && !isLate(each));
}

/** What is known only at apply. */
function isLate(value: unknown): boolean {
  return value !== undefined && Token.isUnresolved(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
