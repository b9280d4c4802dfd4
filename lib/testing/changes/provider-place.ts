import { isSame } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import type { StackUnderTest } from "../stack/stack-under-test";
import { type Replacement, valueAt } from "./replaced-by";

/** What says where a provider looks for its resources, besides the account. */
const PLACES = ["region", "host", "config_context", "kubernetes.host", "kubernetes.config_context"];

/** What says it of AWS, if no account does. */
const CREDENTIALS = ["assume_role.role_arn", "assume_role_with_web_identity.role_arn", "profile"];

/** The provider of a resource. */
export interface ProviderOf {
  /** `aws`, or `aws.copies` with its alias. */
  readonly name: string;
  /** Undefined if the stack has no block of it. */
  readonly block: Body | undefined;
}

export function providerOf({ json }: StackUnderTest, type: string, body: Body): ProviderOf {
  const asked = typeof body.provider === "string" ? body.provider.replace(/^\$\{(.*)\}$/, "$1") : undefined;
  const name = asked ?? type.replace(/_.*/s, "");
  const [provider = "", alias] = name.split(".");
  const blocks = isMap(json.provider) ? [json.provider[provider] ?? []].flat().filter(isMap) : [];
  return { name, block: blocks.find((block) => (block.alias ?? undefined) === alias) };
}

/** Where a provider looks now, and did not before. What is not written, or is an expression, cannot be told: it is taken for the same. */
export function placeChanges(before: Body | undefined, after: Body | undefined): Replacement[] {
  if (!before || !after) return [];
  return [...PLACES.flatMap((attribute) => changeOf(attribute, before, after)), ...accountChanges(before, after)];
}

/** Whether two providers surely look at the same place. */
export function isSamePlace(before: Body | undefined, after: Body | undefined): boolean {
  if (!before || !after) return false;
  const isEqual = (attribute: string) => isSame(valueAt(before, attribute), valueAt(after, attribute));
  const [one, other] = [accountsOf(before), accountsOf(after)];
  const areAccountsEqual = one && other ? isSame(one, other) : !one && !other && CREDENTIALS.every(isEqual);
  return areAccountsEqual && PLACES.every(isEqual);
}

function changeOf(attribute: string, before: Body, after: Body): Replacement[] {
  const [from, to] = [valueAt(before, attribute), valueAt(after, attribute)];
  return isLiteral(from) && isLiteral(to) && from !== to ? [{ attribute, from, to }] : [];
}

function accountChanges(before: Body, after: Body): Replacement[] {
  const [one, other] = [accountsOf(before), accountsOf(after)];
  if (one && other) {
    return one.some((account) => other.includes(account)) ? [] : [{ attribute: "account", from: one, to: other }];
  }
  return CREDENTIALS.flatMap((attribute) => {
    const [from, to] = [valueAt(before, attribute), valueAt(after, attribute)];
    const isKnown = [from, to].every((value) => value === undefined || isLiteral(value));
    return isKnown && from !== to ? [{ attribute, from, to }] : [];
  });
}

/** The accounts that a provider may be in; undefined if its block does not say it. */
function accountsOf(block: Body): readonly string[] | undefined {
  const allowed = block.allowed_account_ids;
  if (Array.isArray(allowed) && allowed.every(isLiteral)) return allowed.map(String).sort();
  // Roles follow one another: the last one is where the provider ends.
  const role = [block.assume_role ?? []].flat().filter(isMap).at(-1)?.role_arn;
  const [, account] = typeof role === "string" ? (/^arn:[\w-]+:iam::(\d{12}|<account>):/.exec(role) ?? []) : [];
  return account === undefined ? undefined : [account];
}

function isLiteral(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && !value.includes("${"));
}
