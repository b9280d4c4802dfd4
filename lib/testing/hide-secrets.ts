import { holdsSecrets, isSecretAfter, isSecretAmong, isSecretUnder, secretIn } from "../helm/secret-words";
import { isMap, type PlainMap } from "../render/objects/is-map";

/** Stands for a value that is a secret, or looks like one. */
export const HIDDEN = "<secret>";

/** Nothing is written out in it: a name of something that Terraform knows at apply. */
const REFERENCE = /^\$\{[^{}"]*\}$/;

/** `key = "value"` or `"key": "value"` within a text, such as an expression of Terraform. */
const PAIR = /(["']?)([A-Za-z][\w.-]*)\1(\s*[=:]\s*)"((?:[^"\\]|\\.)*)"/g;

/**
 * A copy in which no value is shown that is a secret by its key, or by what it looks like. A reference to another resource or to a variable
 * stays: it is none.
 */
export function withoutSecrets(value: unknown, key = "", among = false): unknown {
  if (typeof value === "string") return isSecret(value, key, among) ? HIDDEN : withoutPairs(value);
  if (typeof value === "number") return isSecretUnder(key, String(value)) ? HIDDEN : value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      typeof item === "string" && isSecretAfter(value[index - 1], item)
        ? HIDDEN
        : withoutSecrets(item, isMap(item) ? "" : key, among),
    );
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([name, inside]) => {
    const told = toldBy(name, value);
    return [name, withoutSecrets(inside, told, typeof inside === "string" ? among : holdsSecrets(told))];
  });
  return Object.fromEntries(entries);
}

/** A copy in which every text is hidden but references. */
export function allHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(allHidden);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, allHidden(inside)]));
  return value === null || value === undefined || (typeof value === "string" && REFERENCE.test(value)) ? value : HIDDEN;
}

function isSecret(text: string, key: string, among: boolean): boolean {
  if (text === "" || REFERENCE.test(text)) return false;
  return (among && isSecretAmong(key || undefined, text)) || isSecretUnder(key, text) || secretIn(text) !== undefined;
}

function withoutPairs(text: string): string {
  return text.replaceAll(PAIR, (pair, quote: string, key: string, between: string, value: string) =>
    isSecretUnder(key, value) ? `${quote}${key}${quote}${between}"${HIDDEN}"` : pair,
  );
}

/** What a value is called: by its key, by the entry's name as in `env`. */
function toldBy(key: string, entry: PlainMap): string {
  return key === "value" && typeof entry.name === "string" ? entry.name : key;
}
