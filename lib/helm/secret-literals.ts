import type { Faults } from "../core/faults";
import { isKnownAtApply } from "./known-at-apply";
import { isPlainObject } from "./values";

/** Words that a key ends in when its value is a secret, with a number after them or not. */
const SECRET_KEY = endingIn([
  // Also within a word, as in PGPASSWORD.
  "(password|passwd|passphrase)",
  "\\b(auth|access|api|bearer|client|refresh)?(secret|token)",
  "\\b(access|account|api|auth|encryption|license|master|private|secret|shared|signing) ?key",
  "\\b(auth|bind|db|mail|redis|root|smtp|user) ?pass",
  // Not PWD alone: that is a folder.
  "\\w pwd",
  "\\b(credentials?|connection ?string|dsn)",
]);
/** The name of a secret, or of a key in it, is no secret. */
const NAMES_A_SECRET =
  /\b(existing|external) secret\b|\b(ca|cert|certificate|config|credentials?|from|name of|password|pull|registry|tls) secret$/;
/** Filled in by Kubernetes, the chart or the program itself, or the place where a secret lies. */
const REFERENCE =
  /^(\$\([A-Za-z_]\w*\)|\$\{(env:)?[A-Za-z_]\w*\}|\$__(env|file)\{[^{}]+\}|\{\{[^{}]*\}\}|\/(etc|mnt|opt|run|secrets|tmp|var)\/\S+|arn:aws[a-z-]*:\S+|true|false)?$/;
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\baws_secret_access_key\s*[=:]\s*[\w/+]{20,}/i, "an AWS access key"],
  [/\bAIza[\w-]{35}/, "a Google API key"],
  [/\b(gh[pousr]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,})/, "a token of a Git host"],
  [/\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+\/\w+\/\w+/, "a Slack token"],
  [/\bsk_live_\w{16,}/, "a payment key"],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, "a signed token"],
  [/:\/\/[^/\s:@]*:(?![$<{])[^/\s:@]+@/, "an address with a password"],
  [
    /(^|\s)--?([a-z]+[-.])*(password|passwd|token|api-?key)=(?![-$/<{]|true\b|false\b|""|'')\S/i,
    "an argument with a secret",
  ],
];

const FIX =
  "put it into a Secret (External Secrets, or made before the release) and give the chart its name, often `existingSecret`; if it is none, say why in 'notSecret'";

function endingIn(words: readonly string[]): RegExp {
  return new RegExp(`(${words.join("|")})( ?\\d+)?$`);
}

/**
 * Adds a fault for everything in the values that looks like a secret: values lie open in the plan, in the state and in the release that
 * Helm keeps. The message never holds the value.
 *
 * It sees keys by their last words, entries `{ name, value }` as in `env`, and values with the mark of a known kind of secret. It does
 * not see a secret under a harmless key.
 */
export function checkSecretLiterals(
  faults: Faults,
  property: string,
  values: unknown,
  notSecret: Readonly<Record<string, string>>,
): void {
  const used = new Set<string>();
  walk(values, "", (path, what) => {
    if (Object.hasOwn(notSecret, path)) used.add(path);
    else faults.add(`${property}.${path}`, `must not be ${what}`, undefined, FIX);
  });
  for (const [path, reason] of Object.entries(notSecret)) {
    faults
      .check(used.has(path), "notSecret", "must name a value that looks like a secret", path, "remove it")
      .check(reason.trim().length >= 10, `notSecret.${path}`, "must say why in at least 10 characters", reason);
  }
}

function walk(value: unknown, path: string, report: (path: string, what: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, report);
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const child = path === "" ? key : `${path}.${key}`;
      const what = whatItLooksLike(toldBy(key, value), item);
      if (what) report(child, what);
      else walk(item, child, report);
    }
  } else if (typeof value === "string") {
    const what = secretIn(value);
    if (what) report(path, what);
  }
}

/** What a value is called: by its key, by the entry's name as in `env`; an entry of an ExternalSecret names the key of a secret to be. */
function toldBy(key: string, entry: Readonly<Record<string, unknown>>): string {
  if (key === "value" && typeof entry.name === "string") return entry.name;
  return key === "secretKey" && ("remoteRef" in entry || "sourceRef" in entry) ? "name" : key;
}

function whatItLooksLike(key: string, value: unknown): string | undefined {
  if (isKnownAtApply(value) || (typeof value !== "string" && typeof value !== "number")) return undefined;
  const text = String(value);
  const words = key
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
  const named = SECRET_KEY.test(words) && !NAMES_A_SECRET.test(words) && !REFERENCE.test(text);
  return named ? "a secret written out" : secretIn(text);
}

function secretIn(text: string): string | undefined {
  return SECRET_VALUES.find(([pattern]) => pattern.test(text))?.[1];
}
