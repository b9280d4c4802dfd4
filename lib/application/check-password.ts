import type { Faults } from "../core/faults";
import { DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { isPlainObject } from "../helm/values";
import { isKnown } from "../kubernetes/known";
import { checkSecret } from "../kubernetes/secret";
import { checkAs } from "./check-as";
import { PASSWORD_KEY } from "./password-source";

type Fields = Readonly<Record<string, unknown>>;

/** Properties of each source; the first one tells which it is. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  secretName: ["secretName", "key"],
  variable: ["variable", "revision"],
  externalSecret: ["externalSecret"],
};
const EXTERNAL = ["storeName", "storeKind", "remoteKey", "property", "refreshInterval"];
const FIX =
  "name a Secret with { secretName }, a variable with { variable, revision }, or a store with { externalSecret }";

/** Adds what is wrong with the source of a password. A value that may be the password itself is never repeated. */
export function checkPassword(faults: Faults, source: unknown, property: string): void {
  if (!isPlainObject(source)) {
    faults.add(property, "must say where the password is, not what it is", undefined, FIX);
    return;
  }
  const [name, ...more] = Object.keys(SOURCES).filter((each) => source[each] !== undefined);
  if (name === undefined || more.length > 0) {
    const named = name === undefined ? undefined : [name, ...more];
    faults.add(property, "must have one source: secretName, variable or externalSecret", named, FIX);
    return;
  }
  checkKeys(faults, source, SOURCES[name] ?? [], property);
  if (name === "secretName") checkExisting(faults, source, property);
  else if (name === "variable") checkVariable(faults, source, property);
  else checkExternal(faults, source.externalSecret, `${property}.externalSecret`);
}

function checkKeys(faults: Faults, value: Fields, known: readonly string[], property: string): void {
  for (const key of Object.keys(value).filter((each) => value[each] !== undefined && !known.includes(each)))
    faults.add(`${property}.${key}`, "must not be set here", undefined, `known are ${known.join(", ")}`);
}

function checkExisting(faults: Faults, { secretName, key }: Fields, property: string): void {
  checkText(faults, `${property}.secretName`, secretName, DNS_SUBDOMAIN, "must be the name of a Secret");
  if (key === undefined) return;
  // https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
  checkText(faults, `${property}.key`, key, /^[-._a-zA-Z0-9]{1,253}$/, "must be a key of the Secret");
}

/** The rules are those of the Secret that is made of it. */
function checkVariable(faults: Faults, { variable, revision }: Fields, property: string): void {
  const isNumber = typeof revision === "number";
  const options = {
    secretName: PASSWORD_KEY,
    variables: { [PASSWORD_KEY]: variable as string },
    revision: isNumber ? revision : 1,
  };
  if (revision === undefined) faults.add(`${property}.revision`, "must be given", undefined, "begin with 1");
  else faults.check(isNumber, `${property}.revision`, "must be a number");
  checkAs(
    faults,
    (name) => `${property}.${name.replace(`variables.${PASSWORD_KEY}`, "variable")}`,
    (within) => checkSecret(within, options, (name) => name),
  );
}

function checkExternal(faults: Faults, source: unknown, property: string): void {
  if (!isPlainObject(source)) {
    faults.add(property, "must be an object with storeName and remoteKey");
    return;
  }
  const { storeName, storeKind, remoteKey, property: part, refreshInterval } = source;
  checkKeys(faults, source, EXTERNAL, property);
  checkText(faults, `${property}.storeName`, storeName, DNS_SUBDOMAIN, "must be the name of a store");
  checkText(faults, `${property}.remoteKey`, remoteKey, /^[^\s\p{Cc}]+$/u, "must be the name of a secret in the store");
  if (storeKind !== undefined) {
    const rule = 'must be "ClusterSecretStore" or "SecretStore"';
    checkText(faults, `${property}.storeKind`, storeKind, /^(Cluster)?SecretStore$/, rule);
  }
  if (part !== undefined) checkText(faults, `${property}.property`, part, /^[^\p{Cc}]+$/u, "must name a property");
  if (refreshInterval !== undefined) {
    const rule = 'must be a time such as "15m" or "1h"';
    checkText(faults, `${property}.refreshInterval`, refreshInterval, /^(\d+(h|m|s))+$/, rule);
  }
}

/** The value is not told: it may be the password, at the wrong place. */
function checkText(faults: Faults, property: string, value: unknown, pattern: RegExp, rule: string): void {
  const text = typeof value === "string" ? value : "";
  if (isKnown(faults, property, text)) faults.check(pattern.test(text), property, rule);
}
