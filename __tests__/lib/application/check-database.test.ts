import { database, type RefusedCase, testRefusals } from "../../support/application";
import { aToken } from "../../support/tokens";

const onDatabase = (parts: object) => ({ database: { ...database, ...parts } });
const password = (source: unknown) => onDatabase({ password: source });
const SOURCES =
  "name a Secret with { secretName }, a variable with { variable, revision }, or a store with { externalSecret }";
const VARIABLE =
  "must name a Terraform variable: words of lower-case letters and digits, at most 24 each, with '_' between, beginning with a letter";

testRefusals([
  [
    "an address with a password in place of a database",
    { database: "postgres://api:hunter2@db.example.com/surveillance" },
    "'database' must be an object with host, name, user, password and cidrBlocks at test/Application",
  ],
  [
    "a port within the database's host",
    onDatabase({ host: "db.example.com:5432" }),
    `'database.host' must be a DNS name in lower case or an IPv4 address, got "db.example.com:5432" at test/Application; without scheme and port; the port has a property of its own`,
  ],
  [
    "a login within the database's host, which is not repeated",
    onDatabase({ host: "api:hunter2@db.example.com" }),
    "'database.host' must be a DNS name in lower case or an IPv4 address at test/Application; without scheme and port; the port has a property of its own",
  ],
  [
    "a list in place of a database",
    { database: ["postgres://api:hunter2@db.example.com/surveillance"] },
    "'database' must be an object with host, name, user, password and cidrBlocks at test/Application",
  ],
  ...[{ password: "hunter2" }, 5, null, undefined].map(
    (host): RefusedCase => [
      `${JSON.stringify(host)} as the database's host, which is not repeated`,
      onDatabase({ host }),
      "'database.host' must be text, or knownAtApply(...) at test/Application",
    ],
  ),
  [
    "a host of a database that is known only at apply, without an example",
    onDatabase({ host: aToken() }),
    "'database.host' must be known at synth, got a token at test/Application; wrap it in knownAtApply(...), with an example to render",
  ],
  [
    "a port that is none",
    onDatabase({ port: 0 }),
    "'database.port' must be a whole number from 1 to 65535, got 0 at test/Application",
  ],
  [
    "a database and a user without names",
    onDatabase({ name: "", user: "" }),
    `'database.name' must have 1 to 63 characters, has 0, got "" at test/Application
'database.user' must have 1 to 63 characters, has 0, got "" at test/Application`,
  ],
  [
    "a database anywhere",
    onDatabase({ cidrBlocks: ["0.0.0.0/0"] }),
    `'database.cidrBlocks' must be /16 or smaller, got "0.0.0.0/0" at test/Application; list the ranges that are meant, or allow "internet"`,
  ],
  [
    "a database nowhere",
    onDatabase({ cidrBlocks: [] }),
    "'database.cidrBlocks' must list at least one range, got [] at test/Application",
  ],
  [
    "a password that is written out, which is not repeated",
    password("hunter2"),
    `'database.password' must say where the password is, not what it is at test/Application; ${SOURCES}`,
  ],
  [
    "a password that is known only at apply: plan and state would hold it",
    password(aToken()),
    `'database.password' must say where the password is, not what it is at test/Application; ${SOURCES}`,
  ],
  [
    "no password",
    password(undefined),
    `'database.password' must say where the password is, not what it is at test/Application; ${SOURCES}`,
  ],
  [
    "a password under a name of its own, which is not repeated",
    password({ value: "hunter2" }),
    `'database.password' must have one source: secretName, variable or externalSecret at test/Application; ${SOURCES}`,
  ],
  [
    "a password beside its source, which is not repeated",
    password({ secretName: "surveillance-db", value: "hunter2" }),
    "'database.password.value' must not be set here at test/Application; known are secretName, key",
  ],
  [
    "two sources of a password",
    password({ secretName: "surveillance-db", variable: "db_password", revision: 1 }),
    `'database.password' must have one source: secretName, variable or externalSecret, got ["secretName","variable"] at test/Application; ${SOURCES}`,
  ],
  [
    "a Secret's name that is none: it may be the password, and is not repeated",
    password({ secretName: "Hunter2!", key: "pass word" }),
    `'database.password.secretName' must be the name of a Secret at test/Application
'database.password.key' must be a key of the Secret at test/Application`,
  ],
  [
    "a variable's name that is none: it may be the password, and is not repeated",
    password({ variable: "Hunter2!", revision: 1 }),
    `'database.password.variable' ${VARIABLE} at test/Application; write the name, and give the value as TF_VAR_<name>`,
  ],
  [
    "a variable without a revision",
    password({ variable: "db_password" }),
    "'database.password.revision' must be given at test/Application; begin with 1",
  ],
  [
    "a revision that is none",
    password({ variable: "db_password", revision: 0 }),
    "'database.password.revision' must be a whole number of at least 1, got 0 at test/Application",
  ],
  [
    "a revision that is text: it may be the password, and is not repeated",
    password({ variable: "db_password", revision: "hunter2" }),
    "'database.password.revision' must be a number at test/Application",
  ],
  [
    "a store that is text",
    password({ externalSecret: "surveillance/db" }),
    "'database.password.externalSecret' must be an object with storeName and remoteKey at test/Application",
  ],
  [
    "a store that is none",
    password({
      externalSecret: {
        storeName: "AWS",
        storeKind: "Store",
        remoteKey: "",
        property: "",
        refreshInterval: "often",
        key: 1,
      },
    }),
    `'database.password.externalSecret.key' must not be set here at test/Application; known are storeName, storeKind, remoteKey, property, refreshInterval
'database.password.externalSecret.storeName' must be the name of a store at test/Application
'database.password.externalSecret.remoteKey' must be the name of a secret in the store at test/Application
'database.password.externalSecret.storeKind' must be "ClusterSecretStore" or "SecretStore" at test/Application
'database.password.externalSecret.property' must name a property at test/Application
'database.password.externalSecret.refreshInterval' must be a time such as "15m" or "1h" at test/Application`,
  ],
]);
