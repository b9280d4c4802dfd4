import { isObject, type JsonSchema, mapValues } from "./json-schema";

/**
 * The schema of a custom kind as ajv reads it. Fields that the API server would drop are faults, unless the definition keeps them.
 * Its rules in CEL are left out.
 *
 * @param metadata The schema of `metadata`, which the API server checks by its own.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function customSchema(openApi: JsonSchema, metadata: JsonSchema): JsonSchema {
  const schema = structural(openApi, metadata);
  // What is in `status` the API server throws away when an object is made.
  return { ...schema, properties: { ...(schema.properties as JsonSchema), ...resource(metadata), status: {} } };
}

function resource(metadata: JsonSchema): JsonSchema {
  return { apiVersion: { type: "string" }, kind: { type: "string" }, metadata };
}

/** A schema that says which fields there are. */
function structural(schema: JsonSchema, metadata: JsonSchema): JsonSchema {
  const { type, properties, additionalProperties, items, required } = schema;
  const inner = (part: JsonSchema) => structural(part, metadata);
  const keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const isResource = schema["x-kubernetes-embedded-resource"] === true;
  const fields = mapValues((properties ?? {}) as Record<string, JsonSchema>, inner);
  const embedded = isResource ? ["apiVersion", "kind"] : [];
  return {
    ...conditions(schema),
    ...typeOf(schema),
    ...(type === "object" && {
      properties: isResource ? { ...fields, ...resource(metadata) } : fields,
      additionalProperties: keepsUnknown || (isObject(additionalProperties) ? inner(additionalProperties) : false),
      required: [...embedded, ...(Array.isArray(required) ? required : [])],
    }),
    ...(isObject(items) && { items: inner(items) }),
  };
}

function typeOf(schema: JsonSchema): JsonSchema {
  const types = schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : [schema.type ?? []].flat();
  return types.length > 0 ? { type: schema.nullable === true ? [...types, "null"] : types } : {};
}

const PLAIN = [
  "enum",
  "multipleOf",
  "maxLength",
  "minLength",
  "maxItems",
  "minItems",
  "maxProperties",
  "minProperties",
] as const;

/** What a schema asks of a value besides its fields. Parts of `anyOf` and its like consist of nothing else. */
function conditions(schema: JsonSchema): JsonSchema {
  const plain = PLAIN.filter((keyword) => schema[keyword] !== undefined);
  const lists = (["allOf", "anyOf", "oneOf"] as const).filter((keyword) => isList(schema[keyword]));
  return {
    ...Object.fromEntries(plain.map((keyword) => [keyword, schema[keyword]])),
    ...Object.fromEntries(lists.map((keyword) => [keyword, (schema[keyword] as JsonSchema[]).map(condition)])),
    ...(isObject(schema.not) && isReadable(schema.not) && { not: condition(schema.not) }),
    ...limits(schema),
    ...(hasReadablePattern(schema) && { pattern: schema.pattern }),
    ...(FORMATS.includes(String(schema.format)) && { format: schema.format }),
  };
}

/** A part that is left out would turn the answer of the whole round, so that the whole is left out. */
function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => isObject(part) && isReadable(part));
}

/** Formats that are checked. */
const FORMATS = ["byte", "date-time", "ipv4", "ipv6"];
/** Formats that the API server does not check. */
const MERE_NAMES = ["int32", "int64", "float", "double", "password"];

/** Whether nothing in a condition has to be left out. */
function isReadable(schema: JsonSchema): boolean {
  const { format, pattern } = schema;
  if (format !== undefined && ![...FORMATS, ...MERE_NAMES].includes(String(format))) return false;
  if (pattern !== undefined && !hasReadablePattern(schema)) return false;
  const { properties, items, additionalProperties, not } = schema;
  const parts = [
    schema.allOf,
    schema.anyOf,
    schema.oneOf,
    Object.values(properties ?? {}),
    items,
    additionalProperties,
    not,
  ];
  return parts.flat().filter(isObject).every(isReadable);
}

/** Patterns are written for Go. What JavaScript does not read the same way it refuses. */
function hasReadablePattern({ pattern }: JsonSchema): boolean {
  try {
    return typeof pattern === "string" && new RegExp(pattern, "u") !== undefined;
  } catch {
    return false;
  }
}

function condition(schema: JsonSchema): JsonSchema {
  const { type, required, properties, items, additionalProperties } = schema;
  return {
    ...conditions(schema),
    ...(type !== undefined && { type }),
    ...(Array.isArray(required) && { required }),
    ...(isObject(properties) && { properties: mapValues(properties as Record<string, JsonSchema>, condition) }),
    ...(isObject(items) && { items: condition(items) }),
    ...(isObject(additionalProperties) && { additionalProperties: condition(additionalProperties) }),
  };
}

/** OpenAPI says with a boolean whether a limit itself is allowed. */
function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): JsonSchema {
  return {
    ...(minimum !== undefined && { [exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"]: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"]: maximum }),
  };
}
