import { Faults } from "../../../lib/core/faults";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { checkSecretLiterals } from "../../../lib/helm/secret-literals";
import { messageOf } from "../../support/errors";
import { aListToken, aToken } from "../../support/tokens";

function seen(path: string, what = "a secret written out"): string {
  return `'values.${path}' must not be ${what} at test; put it into a Secret (External Secrets, or made before the release) and give the chart its name, often \`existingSecret\`; if it is none, say why in notSecret: { "${path}": "..." }`;
}

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
  ...["connectionString", "AZURE_STORAGE_CONNECTION_STRING", "SENTRY_DSN", "dsn", "pass", "PASS", "secretString"],
  ...["fernetKey", "AIRFLOW__CORE__FERNET_KEY", "hmacKey", "unsealKey", "unseal-key-1", "storageKey", "STORAGE_KEY"],
  ...["pw", "DB_PW", "dbpw", "creds", "redisCreds", "sshKey", "DEPLOY_SSH_KEY"],
])("a text under the key %s is a secret", (key) => {
  expect(messageOf(() => check({ [key]: "hunter2" }))).toBe(seen(key));
  expect(messageOf(() => check({ auth: [{ [key]: 12345678 }] }))).toBe(seen(`auth[0].${key}`));
  expect(messageOf(() => check({ env: [{ name: key, value: "hunter2" }] }))).toBe(seen("env[0].value"));
});

test.each([
  ...[
    "existingSecret",
    "existingSecretName",
    "existingSecretPasswordKey",
    "existingSecretKey",
    "existingMasterKeySecret",
    "secretName",
    "tlsSecret",
  ],
  ...["imagePullSecret", "pullSecret", "caSecret", "certSecret", "configSecret", "passwordSecret", "credentialsSecret"],
  ...["externalSecret", "registrySecret", "passwordFile", "tokenPath", "tokenUrl", "secretNamespace", "secretKeyRef"],
  ...["passwordKey", "usernameKey", "key", "publicKey", "accessKeyId", "maxTokens", "tokenTTL", "tokenTtlSeconds"],
  ...["maxToken", "MAX_TOKEN", "minAuthToken", "passMode", "secretStringName", "storageKeyName"],
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
  ["yes", "yes"],
  ["Off", "Off"],
  ["a switch known at apply", knownAtApply(aToken(), true)],
])("%s under the key password is no secret", (_, value) => {
  expect(() => check({ password: value })).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["a list under passwords", { passwords: ["hunter2"] }, "passwords[0]"],
  ["an object under secrets", { app: { secrets: { DB: "hunter2" } } }, "app.secrets.DB"],
  ["an object under apiTokens", { apiTokens: { ci: "hunter2" } }, "apiTokens.ci"],
  ["a list under API_KEYS", { API_KEYS: ["true", "hunter2"] }, "API_KEYS[1]"],
  ["what is known at apply under passwords", { passwords: knownAtApply(aListToken(), ["x"]) }, "passwords[0]"],
  ["an argument after its name", { args: ["--password", "hunter2"] }, "args[1]"],
  ["an argument after a longer name", { args: ["serve", "--admin-token", "hunter2"] }, "args[2]"],
  ["a secretKey that is no word", { secretKey: "Hunter-Two" }, "secretKey"],
  ["a password that is a word", { password: "hunter" }, "password"],
])("%s is a secret", (_, values, path) => {
  expect(messageOf(() => check(values))).toBe(seen(path));
});

test.each<[string, unknown]>([
  ["a name of a key in a Secret", { secretKey: "password", passwordSecretKey: "api-key", tokenSecretKey: "tls.key" }],
  ["a limit", { maxToken: 10, MAX_TOKEN: "10" }],
  ["a switch", { requirePassword: "yes", createSecret: "false", useToken: true }],
  ["names of pull secrets", { imagePullSecrets: ["registry"], existingSecrets: ["db"] }],
  ["objects below secrets", { secrets: [{ name: "db" }], tokens: { max: 10 } }],
  ["where secrets are", { secrets: { storeName: "aws", path: "prod/db", type: "Opaque", existingSecret: "db" } }],
  ["references below secrets", { secrets: { DB: "$(DB)", file: "/etc/secrets/db" }, passwords: ["{{ .Values.a }}"] }],
  [
    "an argument that is a reference",
    { args: ["--token", "$(TOKEN)", "--password", "--verbose", "--token-file", "a"] },
  ],
])("%s is no secret", (_, values) => {
  expect(() => check(values)).not.toThrow();
});

test.each<[string, unknown]>([
  ["the name of a Secret", { creds: "vault", imageCreds: "regcred", awsCreds: "aws-creds", sshKey: "prod-2024" }],
  ["the name of a key pair", { ec2SshKey: "Key1", ec2_ssh_key: "Key1" }],
  ["a public key", { sshKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@example.com" }],
  ["a name of a key in a Secret that holds an SSH key", { sshKey: "ssh-privatekey" }],
  ["a kind of authorization", { authorization: "RBAC", Authorization: "Bearer $(TOKEN)" }],
])("%s is not written out", (_, values) => {
  expect(() => check(values)).not.toThrow();
});

test("a header is a secret by its key", () => {
  const headers = {
    Authorization: "Basic dXNlcjpwYXNz",
    authorization: "Bearer hunter",
    "Proxy-Authorization": "token hunter",
  };
  expect(messageOf(() => check({ headers }))).toBe(
    [seen("headers.Authorization"), seen("headers.authorization"), seen("headers.Proxy-Authorization")].join("\n"),
  );
});

test("what Terraform writes under the key of a secret ends in plan and state, whatever the example", () => {
  const what = "a secret: plan and state would hold it";
  expect(messageOf(() => check({ password: knownAtApply(aToken(), "x") }))).toBe(seen("password", what));
  const reference = knownAtApply(aToken(), "arn:aws:iam::111122223333:role/api");
  expect(messageOf(() => check({ env: [{ name: "TOKEN", value: reference }] }))).toBe(seen("env[0].value", what));
  expect(() => check({ password: reference }, { password: "it is the ARN of a secret" })).not.toThrow();
});

test("an example is looked at as any other value", () => {
  expect(messageOf(() => check({ role: knownAtApply(aToken(), { password: "hunter2" }) }))).toBe(seen("role.password"));
  expect(messageOf(() => check({ url: knownAtApply(aToken(), "redis://:hunter2@cache") }))).toBe(
    seen("url", "an address with a password"),
  );
  expect(() => check({ role: knownAtApply(aToken(), "arn:aws:iam::111122223333:role/api") })).not.toThrow();
});

test.each([
  "user: api\npassword: hunter2\n",
  "user=api\nspring.datasource.password=hunter2",
  "[db]\n  password = hunter2 # of the demo\n",
  '{\n  "user": "api",\n  "password": "hunter2",\n}',
  "a: 1\n- token: 'hunter2'\n",
  "set -e\nexport DB_PASSWORD=hunter2\n",
])("the text %j holds a secret", (text) => {
  expect(messageOf(() => check({ "app.conf": text }))).toBe(seen("app.conf", "a text with a secret"));
});

test.each([
  "password: hunter2",
  "user: api\npassword: $(PASSWORD)\n",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  "user: api\npassword: ${DB_PASSWORD}\ntoken: {{ .Token }}\nsecret: <secret>\n",
  'TOKEN="$(curl -s http://localhost/token)"\nPASSWORD=$1\n',
  "password = os.environ['PASSWORD']\nsecret = read(path)\n",
  "password:\n  secretKey: password\n  required: true\ntoken: null\n",
  "requirePassword: yes\nmaxToken: 10\n",
  "The password: it is in the vault of the team.\nAsk for it.\n",
])("the text %j holds none", (text) => {
  expect(() => check({ "app.conf": text })).not.toThrow();
});

test("an ExternalSecret names the keys of a secret to be; a secretKey elsewhere is one", () => {
  const data = [{ secretKey: "password", remoteRef: { key: "prod/db", property: "password" } }];
  expect(() => check({ spec: { secretStoreRef: { name: "aws" }, data } })).not.toThrow();
  expect(messageOf(() => check({ spec: { data: [{ secretKey: "hunter2" }] } }))).toBe(seen("spec.data[0].secretKey"));
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
  ["a key of Anthropic", "a key of a model provider", `${"sk-ant"}-api03-${letters}`],
  ["a key of OpenAI", "a key of a model provider", `${"sk-proj"}-${letters}`],
  ["a token of Hugging Face", "a key of a model provider", `${"hf"}_${letters}`],
  ["a token of npm", "a token of a package registry", `${"npm"}_${letters}abcd`],
  ["a JSON web token", "a signed token", `${"eyJ"}hbGciOiJIUzI1NiJ9.${"eyJ"}zdWIiOiIxMjM0NTY3ODkwIn0.abc`],
  ["an address with user and password", "an address with a password", "postgres://api:hunter2@db.example.com/api"],
  ["an address with a password alone", "an address with a password", "redis://:hunter2@cache.example.com:6379"],
  ["an argument", "an argument with a secret", "--db-password=hunter2"],
  ["a token in a header", "a login in a header", `curl -H "Authorization: Bearer ${"hunter"}two" https://a`],
  ["a login in a header", "a login in a header", "Authorization: Basic dXNlcjpwYXNz"],
  ["a token after its kind", "a login in a header", `Bearer ${letters}`],
  ["a login after its kind", "a login in a header", "Basic dXNlcjpwYXNzd29yZA=="],
  ["a token after its kind", "a login in a header", "Bearer 123e4567-e89b-12d3-a456-426614174000"],
  ["an address with a token", "an address with a secret", "https://h.example.com/x?token=hunter2"],
  ["an address with an access token", "an address with a secret", "https://h.example.com/x?a=b&access_token=hunter2"],
  ["an address with a signature", "an address with a secret", "https://h.example.com/x?sv=2024&sig=hunter%2B2"],
  ["a login of curl", "a command with a password", "curl -sSf https://h.example.com -u api:hunter2"],
  ["a login of curl on another line", "a command with a password", "curl -f \\\n  --user 'api:hunter2' https://a"],
  ["an argument in a command", "an argument with a secret", "run --api-key=hunter2 --verbose"],
])("%s is seen under any key, in lists too", (_, what, value) => {
  expect(messageOf(() => check({ note: value }))).toBe(seen("note", what));
  expect(messageOf(() => check({ args: ["a", value] }))).toBe(seen("args[1]", what));
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
  "Basic authentication is off",
  "WWW-Authenticate: Basic realm=kibana",
  "Basic HTTP/1.1 checks",
  "Basic ec2-instances",
  'Bearer realm="https://auth.example.com/token2"',
  "curl --user-agent=health:check https://a",
  "curl -HUser-Agent:foo https://a",
  "https://a/b?sig=disabled",
  "Bearer authentication",
  "Authorization: Bearer $TOKEN",
  'curl -H "Authorization: Bearer $(cat /token)" https://a',
  "authorization: Basic authentication",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a chart may hold
  "https://h.example.com/x?token=${TOKEN}&a=b",
  "https://h.example.com/x?token=<token>",
  "https://h.example.com/x?token={{ .Token }}",
  "https://h.example.com/x?design=modern&tokens=many",
  'curl -u "$USER:$PASSWORD" https://a',
  "curl -u api:$PASSWORD https://a",
  "curl -sSfL https://a:443/b",
  "curl https://a && docker run -u 1000:1000 b",
  "--token-file=/etc/token",
  "--password=/etc/password",
  "--automount-service-account-token=false",
  "--password=",
  "sk_live_",
  "sk-ant-",
  "npm_config_registry",
  "hf_transfer",
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
  expect(messageOf(() => check(values, { "auth[0].token": reason }))).toBe(seen("secret"));
  expect(() => check(values, { "auth[0].token": reason, secret: "the demo's own, known to everyone" })).not.toThrow();
});

test("notSecret takes a path with `values.` before it, but means one value only", () => {
  const reason = "name of a review, not a credential";
  expect(() => check({ auth: [{ token: "review" }] }, { "values.auth[0].token": reason })).not.toThrow();
  const both = { token: "review", values: { token: "review" } };
  expect(messageOf(() => check(both, { "values.token": reason }))).toBe(seen("token"));
  expect(messageOf(() => check({ token: "review" }, { "values.name": reason, token: reason }))).toBe(
    `'notSecret' must name a value that looks like a secret, got "values.name" at test; remove it`,
  );
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
