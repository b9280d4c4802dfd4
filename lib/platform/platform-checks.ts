import { ACCOUNT_ID, REGION } from "../core/account";
import { Faults } from "../core/faults";
import { nearest } from "../core/nearest";

/**
 * Checks options of a lookup. The compiler asks for the same; but what comes from JavaScript, or out of a variable of the shell, it has not
 * seen.
 *
 * @throws {ValidationError} if one of them is not what it must be
 */
export function checkLookup(path: string, lookup: unknown): void {
  const faults = new Faults(path);
  const { environment, ...others } = (typeof lookup === "object" ? { ...lookup } : {}) as Readonly<
    Record<string, unknown>
  >;
  faults
    .literal("environment", environment)
    .check(typeof environment === "string", "environment", "must be given as text", environment ?? null);
  checkKeys(faults, others, ["environment", "file", "accountId", "region"]);
  for (const name of ["file", "accountId", "region"]) {
    const value = others[name];
    faults.literal(name, value).check(value === undefined || typeof value === "string", name, "must be text", value);
  }
  faults.throwIfAny();
  const { file, accountId, region } = others as Readonly<Partial<Record<"file" | "accountId" | "region", string>>>;
  faults
    .matches("environment", String(environment), /^[a-z0-9-]+$/, "must be lower-case letters, digits and '-'")
    .check(file !== "", "file", "must be text that is not empty", file)
    .matches("accountId", accountId, ACCOUNT_ID, "must be twelve digits")
    .matches("region", region, REGION, "must be an AWS region", 'for example "eu-west-3"')
    .throwIfAny();
}

/** Adds a fault for each key that is not known: what it says would be dropped without a word. */
export function checkKeys(faults: Faults, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given).filter((each) => !known.includes(each))) {
    const meant = nearest(name, known);
    const fix = `use ${(meant === undefined ? known : [meant]).map((each) => `'${each}'`).join(" or ")}`;
    faults.add(name, "is not a known property", undefined, fix);
  }
}
