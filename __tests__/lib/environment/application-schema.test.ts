import * as v from "valibot";
import { application } from "../../../lib/environment/application-config";
import { applicationSchema } from "../../../lib/environment/application-schema";
import { syndromicSurveillanceApi } from "../../../lib/helm/charts/syndromic-surveillance-api";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { database, digest, minimal, repository } from "../../support/application";
import { aToken } from "../../support/tokens";

function issues(record: unknown): string[] {
  const { issues: found = [] } = v.safeParse(applicationSchema, record);
  return found.map((issue) => `${v.getDotPath(issue)}: ${issue.expected}`);
}

const maximal = application({
  ...minimal,
  chart: syndromicSurveillanceApi,
  namespace: "health",
  image: { repository, tag: "1.4.0", digest },
  host: "surveillance.staging.example.com",
  database: { ...database, port: 6432, securityGroupId: "sg-db" },
  replicas: { min: 2, max: 4 },
  quota: { cpu: "4", memory: "8Gi", memoryLimits: "16Gi", pods: 20, jobs: 5 },
  env: { LOG_LEVEL: "info", BUCKET: knownAtApply(aToken(), "reports") },
  statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }],
  allow: [{ to: { namespace: "reports" }, ports: [8080] }],
  values: [{ tests: { enabled: false } }, { file: "values/staging.yaml" }],
  notSecret: { "env.RESET_TOKEN": "the name of a header" },
  timeoutSeconds: 900,
  after: ["platform/external-secrets"],
});

test("a record may have all that an application takes, and nothing but what is required", () => {
  expect(issues(maximal)).toEqual([]);
  expect(issues(minimal)).toEqual([]);
});

test.each([
  ["a host that is known only at apply", { host: knownAtApply(aToken(), "db.example.com") }],
  ["a variable", { password: { variable: "db_password", revision: 1 } }],
  ["a store", { password: { externalSecret: { storeName: "aws", remoteKey: "surveillance/db" } } }],
])("a record's database may have %s", (_, parts) => {
  expect(issues({ ...minimal, database: { ...database, ...parts } })).toEqual([]);
});

test.each([
  ["a misspelt property", { imgae: {} }, ["imgae: never"]],
  ["no image", { image: undefined }, ["image: Object"]],
  ["a number as tag", { image: { repository, tag: 1.4 } }, ["image.tag: string"]],
  ["a database without a user", { database: { ...database, user: undefined } }, ["database.user: string"]],
  [
    "a chart without a version",
    { chart: { repository: "oci://example.com", name: "api" } },
    ['chart.version: "version"'],
  ],
])("a record is refused with %s", (_, parts, expected) => {
  expect(issues({ ...minimal, ...parts })).toEqual(expected);
});

test("what may be a password is left to the check that does not repeat it", () => {
  expect(issues({ ...minimal, database: { ...database, password: "hunter2" } })).toEqual([]);
  expect(issues({ ...minimal, database: "postgres://api:hunter2@db.example.com" })).toEqual([]);
  expect(issues({ ...minimal, database: ["postgres://api:hunter2@db.example.com"] })).toEqual([]);
  expect(issues({ ...minimal, database: { ...database, host: { password: "hunter2" } } })).toEqual([]);
  expect(issues({ ...minimal, values: "hunter2" })).toEqual([]);
  expect(issues({ ...minimal, env: { LIMIT: 5 } })).toEqual([]);
});
