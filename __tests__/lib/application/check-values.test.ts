import { readFileSync } from "node:fs";
import { GIVEN, GIVEN_BY_DATABASE } from "../../../lib/application/check-values";
import { database, testRefusals } from "../../support/application";

const FOLLOWS = "must not be set: it follows from the application's other properties";
const SECRET =
  "put it into a Secret (External Secrets, or made before the release) and give the chart its name, often `existingSecret`; if it is none, say why in notSecret";

testRefusals([
  [
    "a variable of the environment without a name",
    { env: { "LOG-LEVEL": "info" } },
    "'env.LOG-LEVEL' must be a name of letters, digits and '_', the first no digit at test/Application",
  ],
  [
    "a variable that the database gives",
    { database, env: { DB_HOST: "db.example.com" } },
    "'env.DB_HOST' must not be set: every pod has it from the chart at test/Application",
  ],
  [
    "a variable that the chart gives",
    { env: { PORT: "9000" } },
    "'env.PORT' must not be set: every pod has it from the chart at test/Application",
  ],
  [
    "a variable that is no text, which is not repeated",
    { env: { LIMIT: 5 } },
    "'env.LIMIT' must be text at test/Application; write it in quotes",
  ],
  [
    "a secret among the variables, which is not repeated",
    { env: { API_TOKEN: "hunter2" } },
    `'env.API_TOKEN' must not be a secret written out at test/Application; ${SECRET}: { "env.API_TOKEN": "..." }`,
  ],
  [
    "a reason for what is no secret",
    { env: { LOG_LEVEL: "info" }, notSecret: { "env.LOG_LEVEL": "only a word for how much is written" } },
    `'notSecret' must name a value that looks like a secret, got "env.LOG_LEVEL" at test/Application; remove it`,
  ],
  [
    "a secret among the values, which is not repeated",
    { values: { podAnnotations: { password: "hunter2" } } },
    `'values.podAnnotations.password' must not be a secret written out at test/Application; ${SECRET}: { "podAnnotations.password": "..." }`,
  ],
  [
    "a timeout that is none",
    { timeoutSeconds: 0 },
    "'timeoutSeconds' must be a whole number from 1 to 3600, got 0 at test/Application",
  ],
  [
    "a chart that is not pinned",
    { chart: { repository: "oci://registry.example.com/charts", name: "api", version: "latest" } },
    `'chart.version' must be one exact version, got "latest" at test/Application; for example "3.13.1": a range or a tag that moves installs something else tomorrow`,
  ],
  [
    "values that other properties say",
    {
      values: [
        { team: "x", image: { tag: "1.5.0", pullPolicy: "Always" }, env: {}, networkPolicy: { enabled: true } },
        { nameOverride: "api", fullnameOverride: "api", podAnnotations: { "eks-platform/password-revision": "2" } },
        { ingress: { enabled: true }, replicaCount: 3, database: { host: "db" }, service: null },
      ],
    },
    `'values.nameOverride' ${FOLLOWS} at test/Application; its pods are selected by the chart's name
'values.fullnameOverride' ${FOLLOWS} at test/Application; use 'applicationName'
'values.podAnnotations.eks-platform/password-revision' ${FOLLOWS} at test/Application; use 'database.password.revision'
'values.team' ${FOLLOWS} at test/Application; use 'team'
'values.image.tag' ${FOLLOWS} at test/Application; use 'image.tag'
'values.service.port' ${FOLLOWS} at test/Application; its traffic is opened for 8000; containers get it as PORT
'values.networkPolicy' ${FOLLOWS} at test/Application; use 'allow'
'values.env' ${FOLLOWS} at test/Application; use 'env'
'values.database.host' ${FOLLOWS} at test/Application; use 'database.host'
'values.ingress.enabled' ${FOLLOWS} at test/Application; use 'host'
'values.replicaCount' ${FOLLOWS} at test/Application; use 'replicas'`,
  ],
]);

test("the names that are refused in env are those that the chart refuses", () => {
  const template = readFileSync("charts/syndromic-surveillance-api/templates/_faults.tpl", "utf8");
  const lists = [...template.matchAll(/\$own :?= .*?\blist((?: "\w+")+)/g)].map(([, names = ""]) =>
    names.match(/\w+/g),
  );
  expect(lists).toEqual([GIVEN, GIVEN_BY_DATABASE]);
});
