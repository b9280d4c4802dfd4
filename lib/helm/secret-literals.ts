import type { Faults } from "../core/faults";
import { isKnownAtApply, type KnownAtApply } from "./known-at-apply";
import { holdsSecrets, isSecretAfter, isSecretAmong, isSecretKey, isSecretUnder, secretIn } from "./secret-words";
import { isPlainObject } from "./values";

type Report = (path: string, what: string) => void;

const WRITTEN_OUT = "a secret written out";
const AT_APPLY = "a secret: plan and state would hold it";
const VALUES = "values.";

/**
 * Adds a fault for everything in the values that looks like a secret: values lie open in the plan, in the state and in the release that
 * Helm keeps. The message never holds the value.
 *
 * It sees keys by their last words, entries `{ name, value }` as in `env`, arguments after `--password`, lines of a text, and values with
 * the mark of a known kind of secret. It does not see a secret under a harmless key.
 */
export function checkSecretLiterals(
  faults: Faults,
  property: string,
  values: unknown,
  notSecret: Readonly<Record<string, string>>,
): void {
  const found = new Map<string, string>();
  walk(values, "", (path, what) => found.set(path, what));
  const allowed = new Set(Object.keys(notSecret).map((written) => pathOf(written, found)));
  for (const [path, what] of found) {
    if (!allowed.has(path)) faults.add(`${property}.${path}`, `must not be ${what}`, undefined, fixOf(path));
  }
  for (const [written, reason] of Object.entries(notSecret)) {
    const used = found.has(pathOf(written, found));
    faults
      .check(used, "notSecret", "must name a value that looks like a secret", written, "remove it")
      .check(reason.trim().length >= 10, `notSecret.${written}`, "must say why in at least 10 characters", reason);
  }
}

/** A path may be written as a message shows it, with `values.` before it. */
function pathOf(written: string, found: ReadonlyMap<string, string>): string {
  return !found.has(written) && written.startsWith(VALUES) ? written.slice(VALUES.length) : written;
}

function fixOf(path: string): string {
  return `put it into a Secret (External Secrets, or made before the release) and give the chart its name, often \`existingSecret\`; if it is none, say why in notSecret: { ${JSON.stringify(path)}: "..." }`;
}

/** `among`: the value stands directly below a key such as `passwords`. */
function walk(value: unknown, path: string, report: Report, among = false): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const secret =
        typeof item === "string" &&
        ((among && isSecretAmong(undefined, item)) || isSecretAfter(value[index - 1], item));
      if (secret) report(`${path}[${index}]`, WRITTEN_OUT);
      else walk(item, `${path}[${index}]`, report);
    }
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const told = toldBy(key, value);
      const child = path === "" ? key : `${path}.${key}`;
      if (among && typeof item === "string" && isSecretAmong(key, item)) report(child, WRITTEN_OUT);
      else walkChild(told, item, child, report);
    }
  } else if (isKnownAtApply(value)) {
    walk(value.example, path, report, among);
  } else if (typeof value === "string") {
    const what = secretIn(value);
    if (what) report(path, what);
  }
}

function walkChild(key: string, value: unknown, path: string, report: Report): void {
  if (isKnownAtApply(value) && isSecretAtApply(key, value)) report(path, AT_APPLY);
  else if ((typeof value === "string" || typeof value === "number") && isSecretUnder(key, String(value)))
    report(path, WRITTEN_OUT);
  else walk(value, path, report, holdsSecrets(key));
}

/** The key decides, for an example that looks like a reference says nothing of the value; a switch is no secret. */
function isSecretAtApply(key: string, { example }: KnownAtApply): boolean {
  return isSecretKey(key) && typeof example !== "boolean";
}

/** What a value is called: by its key, by the entry's name as in `env`; an entry of an ExternalSecret names the key of a secret to be. */
function toldBy(key: string, entry: Readonly<Record<string, unknown>>): string {
  if (key === "value" && typeof entry.name === "string") return entry.name;
  return key === "secretKey" && ("remoteRef" in entry || "sourceRef" in entry) ? "name" : key;
}
