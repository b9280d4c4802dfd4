import type { StoredSchema } from "../kubernetes-schemas";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A stored schema as ajv reads it: unknown fields are faults. */
export function toJsonSchema(stored: StoredSchema): JsonSchema {
  const { ref, type, format, fields, required, items, values } = stored;
  if (ref) return { $ref: ref === "self" ? "#" : ref };
  if (fields) {
    const properties = mapValues(fields, toJsonSchema);
    return { type: "object", properties, ...(required && { required }), additionalProperties: false };
  }
  if (items) return { type: "array", items: toJsonSchema(items) };
  if (values) return { type: "object", additionalProperties: toJsonSchema(values) };
  if (format === "int-or-string") return { type: ["integer", "string"], ...range("int32") };
  if (format === "quantity") return { type: ["string", "number"], format };
  return {
    ...(type && { type }),
    ...range(format),
    ...((format === "byte" || format === "date-time") && { format }),
    // An empty string is what Go has for a value that is absent.
    ...(stored.enum && { enum: [...stored.enum, ""] }),
  };
}

function range(format: string | undefined): JsonSchema {
  if (format !== "int32" && format !== "int64") return {};
  const end = 2 ** (format === "int32" ? 31 : 63);
  return { minimum: -end, exclusiveMaximum: end };
}

/** The schemas that a schema refers to by id. */
export function references(stored: StoredSchema): string[] {
  const { ref, fields, items, values } = stored;
  if (ref) return ref === "self" ? [] : [ref];
  return [...Object.values(fields ?? {}), ...(items ? [items] : []), ...(values ? [values] : [])].flatMap(references);
}

export function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
