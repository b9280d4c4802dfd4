import type { Faults } from "../core/faults";
import { checkHelmRelease } from "../helm/check-release";
import { isKnownAtApply } from "../helm/known-at-apply";
import { checkPlainData } from "../helm/plain-data";
import { checkSecretLiterals } from "../helm/secret-literals";
import { isPlainObject } from "../helm/values";
import { applicationChart, hasPackagedValues } from "./application-chart";
import type { ApplicationOptions } from "./application-props";
import { DERIVED_VALUES } from "./application-values";
import { checkAs } from "./check-as";
import { checkDeadline } from "./check-deadline";
import { checkValuesSchema } from "./values-schema";

type Property = (name: string) => string;

const ENV = "env.";
/** Names that the chart gives to every pod, and those that it gives to pods of an application with a database. */
export const GIVEN = ["PORT", "POD_IP"];
export const GIVEN_BY_DATABASE = ["DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_SSLMODE", "DB_PASSWORD"];

/**
 * Adds what is wrong with the release that an application becomes, and with its environment variables. They are values too, but a fault
 * names the option that they were written under.
 */
export function checkValues(faults: Faults, options: ApplicationOptions, property: Property): void {
  const { applicationName, timeoutSeconds, values, notSecret = {} } = options;
  const reasons = Object.entries(notSecret);
  const ofEnv = reasons.filter(([path]) => path.startsWith(ENV));
  const ofValues = reasons.filter(([path]) => !path.startsWith(ENV));
  checkEnv(faults, options, Object.fromEntries(ofEnv), property);
  const release = {
    releaseName: applicationName,
    chart: applicationChart(options.chart),
    timeoutSeconds,
    values,
    notSecret: Object.fromEntries(ofValues),
  };
  let merged: Readonly<Record<string, unknown>> = {};
  checkAs(
    faults,
    (name) => property(name === "releaseName" ? "applicationName" : name),
    (within) => {
      // Any namespace but one of Kubernetes: what is wrong with its own is told of the application's.
      const given = checkHelmRelease(within, release, "application", (name) => name);
      for (const [path, fix] of Object.entries(DERIVED_VALUES)) {
        const rule = "must not be set: it follows from the application's other properties";
        within.check(!isSet(given, path.split(".")), `values.${path}`, rule, undefined, fix);
      }
      const { chart } = release;
      if (values !== undefined && hasPackagedValues(chart))
        checkValuesSchema(within, "values", given, Object.keys(DERIVED_VALUES));
      merged = given;
    },
  );
  checkDeadline(faults, options, merged, property);
}

/** Whether values say something at a path, or above it in place of an object. */
function isSet(values: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined || !isPlainObject(values)) return values !== undefined;
  return key in values && isSet(values[key], rest);
}

function checkEnv(
  faults: Faults,
  { env = {}, database }: ApplicationOptions,
  notSecret: Readonly<Record<string, string>>,
  property: Property,
): void {
  const given = [...GIVEN, ...(database ? GIVEN_BY_DATABASE : [])];
  for (const [name, value] of Object.entries(env)) {
    const own = property(`env.${name}`);
    const rule = "must be a name of letters, digits and '_', the first no digit";
    faults
      .check(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name), own, rule)
      .check(!given.includes(name), own, "must not be set: every pod has it from the chart")
      .check(typeof value === "string" || isKnownAtApply(value), own, "must be text", undefined, "write it in quotes");
    checkPlainData(faults, own, value);
  }
  checkAs(
    faults,
    (name) => property(name.replace(/^values\./, "")),
    (within) => checkSecretLiterals(within, "values", { env }, notSecret),
  );
}
