/** Words that a key ends in when its value is a secret, with a number after them or not. */
const SECRET_KEY = endingIn([
  // Also within a word, as in PGPASSWORD.
  "(password|passwd|passphrase)",
  "\\b(auth|access|api|bearer|client|refresh)?(secret|token)",
  "\\b(access|account|api|auth|encryption|fernet|hmac|license|master|private|secret|shared|signing|ssh|storage|unseal) ?key",
  "\\b(auth|bind|db|mail|redis|root|smtp|user) ?pass",
  "^pass",
  // Not PWD alone: that is a folder.
  "\\w pwd",
  "\\b(db|root|user)?pw",
  "\\b(credentials?|creds?|connection ?string|dsn|secret ?string)",
]);
/** The name of a secret, or of a key in it, is no secret; neither is a limit for tokens, nor the name of a key pair. */
const NO_SECRET_KEY =
  /\bexisting( [a-z]+)* secrets?\b|\bexternal secrets?\b|\b(ca|cert|certificate|config|credentials?|from|name of|password|pull|registry|tls) secrets?$|\bec2 ssh key$|^(max|min)\b.*\btokens?$/;
/** Words of a key whose list or object holds secrets. */
const SECRET_KEYS = /(passwords|passwds|passphrases)$|\b(secrets|tokens|(access|api|private|secret|signing) ?keys)$/;
/** Below such a key: what says where the secrets are. */
const ABOUT_SECRETS =
  /\b(backend|class|class name|file|kind|mode|name|namespace|path|prefix|provider|ref|region|role|store|type|url|version)$/;
/** What may be the name of a key in a Secret. */
const NAMES_KEY = /\b((secret|ssh) ?key|creds)$/;
const KEY_IN_SECRET = /^[a-z]{1,20}([-_.]([a-z]{1,20}|\d{1,4})){0,3}$/;
/** As it stands in `authorized_keys`. */
const PUBLIC_KEY = /^(ssh-(dss|ed25519|rsa)|ecdsa-sha2-[\w-]+|sk-[\w@.-]+) \S/;
/** The value of a header. */
const LOGIN = /^(bearer|basic|token) (?!auth|[$<{%(])\S{4,}$/i;
const SWITCH = /^(true|false|yes|no|on|off|enabled|disabled)$/i;
/** Filled in by Kubernetes, the chart or the program itself, or the place where a secret lies. */
const REFERENCE =
  /^(\$\([A-Za-z_]\w*\)|\$\{(env:)?[A-Za-z_]\w*\}|\$__(env|file)\{[^{}]+\}|\{\{[^{}]*\}\}|\/(etc|mnt|opt|run|secrets|tmp|var)\/\S+|arn:aws[a-z-]*:\S+)?$/;
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\baws_secret_access_key\s*[=:]\s*[\w/+]{20,}/i, "an AWS access key"],
  [/\bAIza[\w-]{35}/, "a Google API key"],
  [/\b(gh[pousr]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,})/, "a token of a Git host"],
  [/\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+\/\w+\/\w+/, "a Slack token"],
  [/\bsk_live_\w{16,}/, "a payment key"],
  [/\bsk-(ant|proj)-[\w-]{16,}|\bhf_[A-Za-z0-9]{30,}/, "a key of a model provider"],
  [/\bnpm_[A-Za-z0-9]{30,}/, "a token of a package registry"],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, "a signed token"],
  [/:\/\/[^/\s:@]*:(?![$<{])[^/\s:@]+@/, "an address with a password"],
  [
    /(^|\s)--?([a-z]+[-.])*(password|passwd|token|api-?key)=(?![-$/<{]|true\b|false\b|""|'')\S/i,
    "an argument with a secret",
  ],
  // A word of the language, such as in "Basic authentication", has no digit.
  [/(^|[\s"'=:])Bearer (?!realm=)(?=\S*[\d=])[\w+/=.~-]{8,}/, "a login in a header"],
  // In Base64: "Basic HTTP/1.1 checks" and "Basic realm=kibana" are none.
  [/(^|[\s"'=:])Basic (?=\S*[\d=])[\w+/]{6,}={0,2}(?![\w+/=.-])/, "a login in a header"],
  [/\bauthorization["']?\s*[:=]\s*["']?(bearer|basic|token) (?!auth|[$<{%(])[^\s"']{4,}/i, "a login in a header"],
  [
    /[?&]((access|api|auth|id|refresh|x-amz-security)?[_-]?token|api[_-]?key|client[_-]?secret|passw(or)?d|secret|sig|signature|x-amz-signature)=(?![$<{%(*.]|(true|false|enabled|disabled|none)\b)[^\s&#"'<>]{4,}/i,
    "an address with a secret",
  ],
  [
    /\bcurl\b(?:\\\n|(?!&&)[^\n|;])*\s((?<=\s)-(?![HXdoAe])[A-Za-z]*[uU] ?|--(proxy-)?user[ =])["']?(?![$<{%])[^\s:"'$]*:(?![$<{%])[^\s"'$]+/,
    "a command with a password",
  ],
];
const SECRET_ARGUMENT = /^--?([a-z]+[-.])*(password|passwd|token|api-?key)$/i;
/** `key: value` or `key=value`, the value one word or in quotes. */
const LINE =
  /^\s*(?:-\s+|export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+?))[,;]?\s*(?:#.*)?$/;
/** Filled in elsewhere, or code. */
const NOT_WRITTEN_OUT = /^[$<%&*|>{[(/]|[([]|\$[({]|\{\{|^(null|nil|none|undefined)$/i;

function endingIn(words: readonly string[]): RegExp {
  return new RegExp(`(${words.join("|")})( ?\\d+)?$`);
}

/** Whether a key is one of a secret, whatever it holds. */
export function isSecretKey(key: string): boolean {
  const words = wordsOf(key);
  return SECRET_KEY.test(words) && !NO_SECRET_KEY.test(words);
}

/** Whether what is written under the key of a secret is one, and not a switch, a reference or the name of a key. */
export function isSecretUnder(key: string, text: string): boolean {
  const words = wordsOf(key);
  if (/\bauthorization$/.test(words)) return LOGIN.test(text);
  if (!isSecretKey(key) || SWITCH.test(text) || REFERENCE.test(text)) return false;
  if (/\bssh ?key$/.test(words) && PUBLIC_KEY.test(text)) return false;
  return !(NAMES_KEY.test(words) && KEY_IN_SECRET.test(text));
}

/** Whether a list or an object under the key holds secrets. */
export function holdsSecrets(key: string): boolean {
  const words = wordsOf(key);
  return SECRET_KEYS.test(words) && !NO_SECRET_KEY.test(words);
}

/** Whether a text below such a key is a secret; in a list it has no key of its own. */
export function isSecretAmong(key: string | undefined, text: string): boolean {
  if (key !== undefined && (ABOUT_SECRETS.test(wordsOf(key)) || NO_SECRET_KEY.test(wordsOf(key)))) return false;
  return !SWITCH.test(text) && !REFERENCE.test(text);
}

/** Whether an argument is the secret that the one before it, for example `--password`, asks for. */
export function isSecretAfter(argument: unknown, text: string): boolean {
  if (typeof argument !== "string" || !SECRET_ARGUMENT.test(argument)) return false;
  return !/^[-$/<{]/.test(text) && !SWITCH.test(text) && !REFERENCE.test(text);
}

/** What kind of secret a text holds, whatever its key. */
export function secretIn(text: string): string | undefined {
  const marked = SECRET_VALUES.find(([pattern]) => pattern.test(text))?.[1];
  if (marked || !text.includes("\n")) return marked;
  return text.split("\n").some(isSecretLine) ? "a text with a secret" : undefined;
}

function isSecretLine(line: string): boolean {
  const [, key, ...values] = LINE.exec(line) ?? [];
  const value = values.find((each) => each !== undefined);
  return key !== undefined && value !== undefined && !NOT_WRITTEN_OUT.test(value) && isSecretUnder(key, value);
}

/** A key in lower case, a space between its words. */
function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
}
