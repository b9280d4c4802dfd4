import { Faults } from "../../../lib/core/faults";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { checkSecretLiterals } from "../../../lib/helm/secret-literals";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const FIX =
  "put it into a Secret (External Secrets, or made before the release) and give the chart its name, often `existingSecret`; if it is none, say why in 'notSecret'";

function check(values: unknown, notSecret: Readonly<Record<string, string>> = {}): void {
  const faults = new Faults("test");
  checkSecretLiterals(faults, "values", values, notSecret);
  faults.throwIfAny();
}

test.each([
  ...[
    "password",
    "adminPassword",
    "rootpassword",
    "DB_PASSWORD",
    "DBPassword",
    "PGPASSWORD",
    "password1",
    "PASSWORD_2",
  ],
  ...["passwd", "sshPassphrase", "DB_PWD", "SMTP_PASS", "dbPass", "token", "apiToken", "GITHUB_TOKEN", "authtoken"],
  ...[
    "OAuthToken",
    "bearerToken",
    "secret",
    "clientSecret",
    "clientsecret",
    "JWTSecret",
    "cookie-secret",
    "webhook_secret",
  ],
  ...[
    "apiKey",
    "APIKey",
    "api-key",
    "apikey",
    "myAPIKey",
    "accessKey",
    "secretKey",
    "AWSSecretAccessKey",
    "privateKey",
  ],
  ...["encryptionKey", "licenseKey", "masterKey", "signingKey", "authKey", "accountKey", "credentials", "credential"],
  ...["connectionString", "AZURE_STORAGE_CONNECTION_STRING", "SENTRY_DSN", "dsn"],
])("a text under the key %s is a secret", (key) => {
  const fault = `must not be a secret written out at test; ${FIX}`;
  expect(messageOf(() => check({ [key]: "hunter2" }))).toBe(`'values.${key}' ${fault}`);
  expect(messageOf(() => check({ auth: [{ [key]: 12345678 }] }))).toBe(`'values.auth[0].${key}' ${fault}`);
  expect(messageOf(() => check({ env: [{ name: key, value: "hunter2" }] }))).toBe(`'values.env[0].value' ${fault}`);
});

test.each([
  ...[
    "existingSecret",
    "existingSecretName",
    "existingSecretPasswordKey",
    "existingSecretKey",
    "secretName",
    "tlsSecret",
  ],
  ...["imagePullSecret", "pullSecret", "caSecret", "certSecret", "configSecret", "passwordSecret", "credentialsSecret"],
  ...["externalSecret", "registrySecret", "passwordFile", "tokenPath", "tokenUrl", "secretNamespace", "secretKeyRef"],
  ...["passwordKey", "usernameKey", "key", "publicKey", "accessKeyId", "maxTokens", "tokenTTL", "tokenTtlSeconds"],
  ...["compass", "bypass", "proxyPass", "PWD", "secretary", "keystore", "passwordPolicy", "tokenizer", "secrets"],
])("a text under the key %s is none", (key) => {
  expect(() => check({ [key]: "hunter2", env: [{ name: key, value: "hunter2" }] })).not.toThrow();
});

test.each<[string, unknown]>([
  ["nothing", ""],
  ["true", true],
  ["true as text", "true"],
  ["null", null],
  ["an object", { name: "db", key: "password" }],
  ["a list of names", ["db", "redis"]],
  ["a variable of the container", "$(DB_PASSWORD)"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  ["a variable of the program", "${DB_PASSWORD}"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  ["a variable of a collector", "${env:DB_PASSWORD}"],
  ["a file of Grafana", "$__file{/etc/secrets/password}"],
  ["a template", "{{ .Data.password }}"],
  ["a path", "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"],
  ["the ARN of a secret", "arn:aws:secretsmanager:eu-west-3:111122223333:secret:db-AbCdEf"],
  ["what is known at apply", knownAtApply(aToken(), "hunter2")],
])("%s under the key password is no secret", (_, value) => {
  expect(() => check({ password: value })).not.toThrow();
});

test("an ExternalSecret names the keys of a secret to be; a secretKey elsewhere is one", () => {
  const data = [{ secretKey: "password", remoteRef: { key: "prod/db", property: "password" } }];
  expect(() => check({ spec: { secretStoreRef: { name: "aws" }, data } })).not.toThrow();
  expect(messageOf(() => check({ spec: { data: [{ secretKey: "hunter2" }] } }))).toBe(
    `'values.spec.data[0].secretKey' must not be a secret written out at test; ${FIX}`,
  );
});

const letters = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG";

test.each<[string, string, string]>([
  ["a private key", "a private key", `-----BEGIN ${"RSA PRIVATE"} KEY-----\nMIIE\n`],
  ["a private key without a kind", "a private key", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["an access key of AWS", "an AWS access key", `key ${"AKIA"}IOSFODNN7EXAMPLE`],
  ["a temporary access key of AWS", "an AWS access key", `${"ASIA"}IOSFODNN7EXAMPLE`],
  ["a file of AWS credentials", "an AWS access key", `[default]\naws_secret_access_key = ${letters}/abc`],
  ["an API key of Google", "a Google API key", `${"AIza"}${letters}abc`],
  ["a token of GitHub", "a token of a Git host", `${"ghp"}_${letters}abcd`],
  ["a fine-grained token of GitHub", "a token of a Git host", `${"github"}_pat_${letters}`],
  ["a token of GitLab", "a token of a Git host", `${"glpat"}-${letters}`],
  ["a token of Slack", "a Slack token", `${"xoxb"}-123456789012-abc`],
  ["a webhook of Slack", "a Slack token", `https://${"hooks.slack"}.com/services/T00/B00/${letters}`],
  ["a key for payments", "a payment key", `${"sk"}_live_${letters}`],
  ["a JSON web token", "a signed token", `${"eyJ"}hbGciOiJIUzI1NiJ9.${"eyJ"}zdWIiOiIxMjM0NTY3ODkwIn0.abc`],
  ["an address with user and password", "an address with a password", "postgres://api:hunter2@db.example.com/api"],
  ["an address with a password alone", "an address with a password", "redis://:hunter2@cache.example.com:6379"],
  ["an argument", "an argument with a secret", "--db-password=hunter2"],
  ["an argument in a command", "an argument with a secret", "run --api-key=hunter2 --verbose"],
])("%s is seen under any key, in lists too", (_, what, value) => {
  const rest = `must not be ${what} at test; ${FIX}`;
  expect(messageOf(() => check({ note: value }))).toBe(`'values.note' ${rest}`);
  expect(messageOf(() => check({ args: ["a", value] }))).toBe(`'values.args[1]' ${rest}`);
});

test.each([
  "-----BEGIN CERTIFICATE-----\nMIIC\n",
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@example.com",
  "https://db.example.com:5432/api",
  "postgres://api:$(DB_PASSWORD)@db.example.com/api",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  "postgres://api:${DB_PASSWORD}@db.example.com/api",
  "postgres://api:<password>@db.example.com/api",
  "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api@sha256:0f3b",
  "--token=$(TOKEN)",
  "--token-file=/etc/token",
  "--password=/etc/password",
  "--automount-service-account-token=false",
  "--password=",
  "sk_live_",
  "AKIAX",
])("%s is no secret", (value) => {
  expect(() => check({ note: value, args: [value] })).not.toThrow();
});

test("no message holds the value", () => {
  const values = { password: "hunter2", note: "redis://:hunter2@cache", env: [{ name: "TOKEN", value: "hunter2" }] };
  const message = messageOf(() => check(values));
  expect(message.split("\n")).toHaveLength(3);
  expect(message).not.toContain("hunter2");
});

test("notSecret lets one value through, by its path and with a reason", () => {
  const values = { auth: [{ token: "review" }], secret: "hunter2" };
  const reason = "name of a review, not a credential";
  expect(messageOf(() => check(values, { "auth[0].token": reason }))).toBe(
    `'values.secret' must not be a secret written out at test; ${FIX}`,
  );
  expect(() => check(values, { "auth[0].token": reason, secret: "the demo's own, known to everyone" })).not.toThrow();
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "a path without a value",
    { "auth.token": "it is not there at all" },
    `'notSecret' must name a value that looks like a secret, got "auth.token" at test; remove it`,
  ],
  [
    "a path whose value looks harmless",
    { name: "it is a name after all" },
    `'notSecret' must name a value that looks like a secret, got "name" at test; remove it`,
  ],
  [
    "a path that every object has",
    { constructor: "it is not there at all" },
    `'notSecret' must name a value that looks like a secret, got "constructor" at test; remove it`,
  ],
  ["no reason", { token: "no" }, `'notSecret.token' must say why in at least 10 characters, got "no" at test`],
  [
    "spaces as reason",
    { token: " ".repeat(20) },
    `'notSecret.token' must say why in at least 10 characters, got "${" ".repeat(20)}" at test`,
  ],
])("notSecret refuses %s", (_, notSecret, message) => {
  const allowed = { token: "a name and not a secret", ...notSecret };
  expect(messageOf(() => check({ name: "api", token: "review" }, allowed))).toBe(message);
});
