import { type StoredSchema, schemaData } from "../../render/checks/kubernetes-schemas";
import { isMap, type PlainMap } from "../../render/objects/is-map";
import type { KubernetesObject, SourcedObject } from "../../render/objects/kubernetes-object";
import { ANY_NAME, eitherNames, type KnownNames, namesIn, namesOf } from "../expected/known-names";

const NONE: KnownNames = { names: [], below: () => undefined };

/** The fields that objects of a kind may have: by the schemas of Kubernetes, by definitions among the objects, and those that one of them has. */
export function objectNames(kind: string, objects: readonly SourcedObject[]): KnownNames {
  const bodies = objects.map(({ object }) => object);
  const served = Object.values(schemaData().versions).flatMap((kinds) =>
    Object.entries(kinds).flatMap(([name, id]) => (name.endsWith(` ${kind}`) ? [id] : [])),
  );
  return eitherNames(
    ...[...new Set(served)].map((id) => storedNames({ ref: id }, {})),
    ...bodies.flatMap((object) => definedNames(kind, object)),
    namesIn(bodies.filter((object) => object.kind === kind)),
  );
}

function storedNames({ ref, fields, items, values, type }: StoredSchema, self: StoredSchema): KnownNames {
  if (ref === "self") return storedNames(self, self);
  if (ref) {
    const schema = schemaData().schemas[ref] ?? {};
    return storedNames(schema, schema);
  }
  if (fields) return namesOf(mapped(fields, (field) => () => storedNames(field, self)));
  if (items) return storedNames(items, self);
  if (values) return { names: [], below: () => storedNames(values, self) };
  return type === undefined || type === "object" ? ANY_NAME : NONE;
}

/** Of a definition of a custom resource. */
function definedNames(kind: string, { kind: own, spec }: KubernetesObject): KnownNames[] {
  const { names, versions } = (spec ?? {}) as { readonly names?: PlainMap; readonly versions?: readonly PlainMap[] };
  if (own !== "CustomResourceDefinition" || names?.kind !== kind || !Array.isArray(versions)) return [];
  const common = namesOf({ apiVersion: () => NONE, kind: () => NONE, metadata: metadataNames });
  const schemas = versions.flatMap(({ schema }) => (isMap(schema) ? [schema.openAPIV3Schema] : []));
  return [common, ...schemas.filter(isMap).map(schemaNames)];
}

function schemaNames(schema: PlainMap): KnownNames {
  const { properties, additionalProperties: values, items, type } = schema;
  if (schema["x-kubernetes-preserve-unknown-fields"] === true || values === true) return ANY_NAME;
  if (isMap(items)) return schemaNames(items);
  if (isMap(values)) return { names: [], below: () => schemaNames(values) };
  if (isMap(properties))
    return namesOf(mapped(properties, (property) => () => (isMap(property) ? schemaNames(property) : NONE)));
  return type === undefined ? ANY_NAME : NONE;
}

/** Every kind has the same. */
function metadataNames(): KnownNames {
  return objectNames("ConfigMap", []).below("metadata") ?? NONE;
}

function mapped<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
