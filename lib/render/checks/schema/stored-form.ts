import { isObject, type JsonSchema, mapValues } from "./json-schema";

/** The API server reads a field that is null as absent; in a list, null is a value. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null);
  return mapValues(Object.fromEntries(kept), withoutNulls);
}

/**
 * A custom resource as it is when the API server looks at its schema: null is gone where it is not allowed, and defaults are set.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function withDefaults(value: unknown, schema: JsonSchema): unknown {
  const { properties, additionalProperties, items } = schema;
  if (Array.isArray(value)) return isObject(items) ? value.map((item) => withDefaults(item, items)) : value;
  if (!isObject(value)) return value;
  const fields = (properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const known = fields[name] ?? additionalProperties;
    if (!isObject(known)) result[name] = child;
    else if (child !== null || known.nullable === true) result[name] = withDefaults(child, known);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (!(name in result) && field.default !== undefined) result[name] = withDefaults(field.default, field);
  }
  if (schema["x-kubernetes-embedded-resource"] === true) result.metadata = withoutNulls(value.metadata ?? {});
  return result;
}
