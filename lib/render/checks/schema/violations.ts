import type { ErrorObject } from "ajv";
import { nearest } from "../../../core/nearest";
import { fieldPath } from "../../objects/field-path";
import type { Validator } from "./validator";

/** A fault in an object, in words. Never says the value itself: it may be a secret. */
export interface Violation {
  /** Without it, an error. */
  readonly severity?: "warning";
  readonly path: string;
  readonly message: string;
  readonly fix?: string;
}

/**
 * What a schema has against a value.
 *
 * @param nullItem How bad null in a list is. For kinds of its own the API server takes it for an empty value, hardly ever what was meant.
 */
export function violations(validator: Validator, value: unknown, nullItem?: "warning"): Violation[] {
  // Where one of several schemas has to fit, what is wrong with each of them says nothing: that none fits is an error of its own.
  const errors = validator(value).filter(({ schemaPath }) => !/\/(anyOf|oneOf)\/\d+\//.test(schemaPath));
  const found = errors.map((error) => ({
    ...(error.data === null && nullItem && { severity: nullItem }),
    path: pathOf(error, value),
    ...describe(error),
  }));
  return [...new Map(found.map((each) => [`${each.path} ${each.message}`, each])).values()];
}

/** ajv points with slashes, and does not tell an item from a field. */
function pathOf({ instancePath, params }: ErrorObject, object: unknown): string {
  const steps = instancePath.split("/").slice(1).map(unescaped);
  const last = params.additionalProperty ?? params.missingProperty;
  if (last !== undefined) steps.push(String(last));
  let path = "";
  let value = object;
  for (const step of steps) {
    path = fieldPath(path, Array.isArray(value) ? Number(step) : step);
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return path;
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

const FORMATS: Readonly<Record<string, string>> = {
  byte: "base64",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  "date-time": "a time such as 2026-01-31T12:00:00Z",
  quantity: "a quantity such as 500m, 2 or 1.5Gi",
};

function describe({ keyword, params, data, parentSchema, message = "" }: ErrorObject): Omit<Violation, "path"> {
  switch (keyword) {
    case "additionalProperties": {
      const fields = Object.keys((parentSchema?.properties ?? {}) as object);
      const meant = nearest(params.additionalProperty, fields);
      return {
        message: "is an unknown field, which the API server drops",
        fix: meant ? `did you mean ${meant}?` : "remove it",
      };
    }
    case "required":
      return { message: "is required" };
    case "type":
      return describeType([params.type].flat(), data);
    case "enum": {
      const allowed = (params.allowedValues as unknown[]).filter((value) => value !== "").map(String);
      const meant = typeof data === "string" ? nearest(data, allowed) : undefined;
      return { message: `must be one of ${allowed.join(", ")}`, ...(meant && { fix: `did you mean ${meant}?` }) };
    }
    case "format":
      return { message: `must be ${FORMATS[params.format]}` };
    case "anyOf":
    case "oneOf":
      return {
        message: `must fit ${keyword === "anyOf" ? "one" : "exactly one"} of the schemas that the CRD allows here`,
      };
    case "not":
      return { message: "must not be what the CRD forbids here" };
    default:
      return { message };
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

function describeType(types: readonly string[], data: unknown): Omit<Violation, "path"> {
  const message = `must be ${types.map((type) => TYPES[type]).join(" or ")}, is ${TYPES[typeOf(data)]}`;
  const isScalar = typeof data === "number" || typeof data === "boolean";
  if (types.includes("string") && isScalar) return { message, fix: "put it in quotes" };
  const isQuoted = typeof data === "string" && /^(true|false|-?\d+(\.\d+)?)$/.test(data);
  return isQuoted ? { message, fix: "write it without quotes" } : { message };
}

function typeOf(data: unknown): string {
  if (data === null) return "null";
  return Array.isArray(data) ? "array" : typeof data;
}
