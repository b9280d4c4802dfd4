import { applicationValues } from "../../../lib/application/application-values";
import type { PasswordSource } from "../../../lib/application/password-source";
import { Faults } from "../../../lib/core/faults";
import { syndromicSurveillanceApi } from "../../../lib/helm/charts/syndromic-surveillance-api";
import { checkShape } from "../../../lib/helm/known-chart";
import { database, digest, minimal, repository } from "../../support/application";

test("minimal: the chart makes nothing that the application makes", () => {
  expect(applicationValues(minimal)).toEqual({
    fullnameOverride: "surveillance",
    team: "epidemiology",
    image: { repository, tag: "1.4.0" },
    serviceAccount: { create: false, name: "surveillance" },
    service: { port: 8000 },
    networkPolicy: { enabled: false },
  });
});

test("maximal: every option is in the values, and nothing of a password", () => {
  const values = applicationValues({
    ...minimal,
    image: { repository, tag: "1.4.0", digest },
    host: "surveillance.staging.example.com",
    database: { ...database, port: 6432, password: { secretName: "shared", key: "api" } },
    replicas: { min: 3, max: 9 },
    env: { LOG_LEVEL: "info" },
  });
  expect(values).toEqual({
    fullnameOverride: "surveillance",
    team: "epidemiology",
    image: { repository, tag: "1.4.0", digest },
    serviceAccount: { create: false, name: "surveillance" },
    service: { port: 8000 },
    networkPolicy: { enabled: false },
    env: { LOG_LEVEL: "info" },
    database: {
      host: "surveillance.db.example.com",
      port: 6432,
      name: "surveillance",
      user: "api",
      existingSecret: { name: "shared", key: "api" },
    },
    ingress: { enabled: true, host: "surveillance.staging.example.com" },
    autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 9 },
  });
  const faults = new Faults("test");
  checkShape(faults, "values", syndromicSurveillanceApi.shape, values);
  expect(faults.all).toEqual([]);
});

test("a new revision of the password starts its pods anew: they read it only then", () => {
  const password = { variable: "surveillance_db_password", revision: 3 };
  const { podAnnotations } = applicationValues({ ...minimal, database: { ...database, password } });
  expect(podAnnotations).toEqual({ "eks-platform/password-revision": "3" });
});

test("as many pods at least as at most need no autoscaler", () => {
  expect(applicationValues({ ...minimal, replicas: { min: 2, max: 2 } })).toMatchObject({
    replicaCount: 2,
    autoscaling: { enabled: false },
  });
});

const MADE = { name: "surveillance-database", key: "password" };

test.each<[string, unknown, object]>([
  ["is there already", { secretName: "surveillance-db" }, { name: "surveillance-db", key: "password" }],
  ["is made of a variable", { variable: "db_password", revision: 1 }, MADE],
  ["is made of a variable, another source undefined", { secretName: undefined, variable: "p", revision: 1 }, MADE],
  ["External Secrets makes", { externalSecret: { storeName: "aws", remoteKey: "surveillance/db" } }, MADE],
])("the chart gets the name of a Secret that %s", (_, password, existingSecret) => {
  const given = { ...database, password: password as PasswordSource };
  expect(applicationValues({ ...minimal, database: given }).database).toEqual({
    host: "surveillance.db.example.com",
    port: 5432,
    name: "surveillance",
    user: "api",
    existingSecret,
  });
});
