import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Faults } from "../core/faults";
import { syndromicSurveillanceApi } from "../helm/charts/syndromic-surveillance-api";
import { isKnownAtApply } from "../helm/known-at-apply";
import { isPlainObject, mergeValues } from "../helm/values";

type Values = Readonly<Record<string, unknown>>;

interface ChartValues {
  readonly defaults: Values;
  readonly validate: ValidateFunction;
}

/** Of one use: the schema is known to be one, and a quick compiler counts more than quick code. */
const QUICK = { validateSchema: false, inlineRefs: false, code: { optimize: false } };

let loaded: ChartValues | undefined;

/** Read once, and only for an application with values: parser and compiler cost more than the application. */
function chartValues(): ChartValues {
  if (loaded) return loaded;
  const { Ajv } = require("ajv") as typeof import("ajv");
  const { parse } = require("yaml") as typeof import("yaml");
  const read = (file: string) => readFileSync(join(syndromicSurveillanceApi.path, file), "utf8");
  const schema = JSON.parse(read("values.schema.json"));
  const validate = new Ajv({ ...QUICK, allErrors: true, strict: false, verbose: true }).compile(schema);
  loaded = { defaults: parse(read("values.yaml")), validate };
  return loaded;
}

/**
 * Adds what the chart's own schema says of the values that are given, as Helm would say it at render, and what was not told before. What
 * follows from the other properties, at the paths of `derived`, has checks of its own. What is known only at apply is judged by its
 * example. Of what was given no text is told: it may be a secret.
 */
export function checkValuesSchema(faults: Faults, property: string, given: Values, derived: readonly string[]): void {
  const { defaults, validate } = chartValues();
  const values = mergeValues([given]);
  for (const path of derived) drop(values, path.split("."));
  validate(plain(mergeValues([defaults, values])));
  for (const error of validate.errors ?? []) {
    const path = pathOf(error);
    const name = nameOf(property, path);
    const told = faults.all.some((fault) => fault.property === name);
    if (told || isEcho(error)) continue;
    const shown = typeof error.data === "number" ? error.data : undefined;
    faults.add(name, ruleOf(error), shown, "see the chart's values");
  }
}

/** Takes away what stands at a path, or above it in place of an object. */
function drop(values: Record<string, unknown>, [key = "", ...rest]: readonly string[]): void {
  const child = values[key];
  if (rest.length > 0 && isPlainObject(child)) drop(child, rest);
  else delete values[key];
}

/** What the merged values say as Helm reads them: null takes a default away. */
function plain(value: unknown): unknown {
  if (isKnownAtApply(value)) return plain(value.example);
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, plain(item)]));
}

/** Errors that only say that another one is there. */
function isEcho({ keyword, propertyName }: ErrorObject): boolean {
  return keyword === "if" || propertyName !== undefined;
}

function pathOf({ instancePath, params }: ErrorObject): string[] {
  const keys = instancePath.split("/").slice(1);
  const { additionalProperty, propertyName, missingProperty } = params;
  return [...keys, ...[additionalProperty ?? propertyName ?? missingProperty ?? []].flat()].map((key) =>
    key.replaceAll("~1", "/").replaceAll("~0", "~"),
  );
}

function nameOf(property: string, path: readonly string[]): string {
  return path.reduce((name, key) => (/^\d+$/.test(key) ? `${name}[${key}]` : `${name}.${key}`), property);
}

function ruleOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === "enum")
    return `must be one of ${params.allowedValues.map((each: unknown) => JSON.stringify(each)).join(", ")}`;
  if (keyword === "propertyNames") return "is a key that the chart does not take here";
  if (keyword === "additionalProperties") return "is not a key of the chart";
  if (keyword === "required") return "must be given";
  return String(message);
}
