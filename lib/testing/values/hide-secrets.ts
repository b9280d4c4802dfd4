import { holdsSecrets, isSecretAfter, isSecretAmong, isSecretUnder, secretIn } from "../../helm/secret-words";
import { isSame } from "../../render/diff/plain-data";
import { isMap, type PlainMap } from "../../render/objects/is-map";
import { readYaml, writeYaml } from "../../render/objects/kubernetes-yaml";
import { jsonIn } from "./json-text";

/** Stands for a value that is a secret, or looks like one. */
export const HIDDEN = "<secret>";

/** Nothing is written out in it: a name of something that Terraform knows at apply. */
const REFERENCE = /^\$\{[^{}"]*\}$/;

/** `key = "value"` or `"key": "value"` within a text, such as an expression of Terraform. */
const PAIR = /(["']?)([A-Za-z][\w.-]*)\1(\s*[=:]\s*)"((?:[^"\\]|\\.)*)"/g;

/** `--password value` within a text, such as a command. */
const ARGUMENT =
  /(?<![^\s"'])(--?(?:[a-z]+[-.])*(?:password|passwd|token|api-?key))([ \t]+)("[^"]*"|'[^']*'|[^\s"']+)/gi;

/** `PGPASSWORD=value` before a command. */
const ASSIGNMENT = /(?<![^\s"';&|])([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"';&|]+)/g;
const FILLED_IN = /^["']?[$<{(/]/;

/** YAML with an object of this kind in it. */
const MANIFEST_OF_SECRET = /\bkind["']?\s*:\s*["']?Secret\b/;

/**
 * A copy in which no value is shown that is a secret by its key, or by what it looks like, nor what is in a Secret of Kubernetes. A reference to
 * another resource or to a variable stays: it is none.
 */
export function withoutSecrets(value: unknown, key = "", among = false): unknown {
  if (typeof value === "string") return isSecret(value, key, among) ? HIDDEN : textWithoutSecrets(value, key, among);
  if (typeof value === "number") return isSecretNamed(key, String(value)) ? HIDDEN : value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      typeof item === "string" && isSecretAfter(value[index - 1], item)
        ? HIDDEN
        : withoutSecrets(item, isMap(item) ? "" : key, among),
    );
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([name, inside]) => {
    if (value.kind === "Secret" && (name === "data" || name === "stringData")) return [name, allHidden(inside)];
    const told = toldBy(name, value);
    return [name, typeof inside === "string" ? withoutSecrets(inside, told, among) : withoutSecretsNamed(told, inside)];
  });
  return Object.fromEntries(entries);
}

/** The same for a value that has a name, which may say that it is a secret, or that it holds some. */
export function withoutSecretsNamed(name: string, value: unknown): unknown {
  return withoutSecrets(value, name, holdsSecrets(name));
}

/** A copy in which every text is hidden but references. */
export function allHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(allHidden);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, allHidden(inside)]));
  return value === null || value === undefined || (typeof value === "string" && REFERENCE.test(value)) ? value : HIDDEN;
}

/** Whether a text is a secret by its key. Terraform calls an attribute that it does not keep `password_wo`. */
export function isSecretNamed(key: string, text: string): boolean {
  return isSecretUnder(key.replace(/_wo$/, ""), text);
}

function isSecret(text: string, key: string, among: boolean): boolean {
  if (text === "" || REFERENCE.test(text)) return false;
  // One line may be `key=value` as well as one of many, but `token:1.0` is an image.
  const lines = /=|:\s/.test(text) ? `${text}\n` : text;
  return (among && isSecretAmong(key || undefined, text)) || isSecretNamed(key, text) || secretIn(lines) !== undefined;
}

function textWithoutSecrets(text: string, key: string, among: boolean): string {
  const json = jsonIn(text);
  if (json) {
    const hidden = withoutSecrets(json, key, among);
    return isSame(hidden, json) ? text : JSON.stringify(hidden);
  }
  return MANIFEST_OF_SECRET.test(text) ? manifestsWithoutSecrets(text) : withoutPairs(text);
}

function manifestsWithoutSecrets(text: string): string {
  const documents = readYaml(text);
  if (documents.some(({ error }) => error !== undefined)) return HIDDEN;
  const shown = documents.map(({ value }) => withoutSecrets(value));
  if (documents.every(({ value }, index) => isSame(value, shown[index]))) return withoutPairs(text);
  return shown.map(writeYaml).join("---\n");
}

function withoutPairs(text: string): string {
  return text
    .replaceAll(PAIR, (pair, quote: string, key: string, between: string, value: string) =>
      isSecretUnder(key, value) ? `${quote}${key}${quote}${between}"${HIDDEN}"` : pair,
    )
    .replaceAll(ARGUMENT, (pair, argument: string, between: string, value: string) =>
      isSecretAfter(argument, value.replaceAll(/^["']|["']$/g, "")) ? `${argument}${between}${HIDDEN}` : pair,
    )
    .replaceAll(ASSIGNMENT, (pair, key: string, value: string) =>
      isSecretUnder(key, value) && !FILLED_IN.test(value) ? `${key}=${HIDDEN}` : pair,
    );
}

/** What a value is called: by its key, by the entry's name as in `env` or in a parameter of SSM. */
function toldBy(key: string, entry: PlainMap): string {
  return (key === "value" || key === "insecure_value") && typeof entry.name === "string" ? entry.name : key;
}
