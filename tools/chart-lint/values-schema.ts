import Ajv from "ajv";
import { parse } from "yaml";
import { isMap } from "../../lib/render/objects/is-map";

type Json = Readonly<Record<string, unknown>>;

/** Set by Helm itself for a chart that is part of another: every schema must take it, and no values.yaml has it. */
const HELMS_OWN = ["global"];

/**
 * What is wrong between the schema of the values and values.yaml: maps that are open though their keys are listed, keys that only one of
 * the two has.
 */
export function valuesSchemaFaults(schemaText: string, valuesText: string): string[] {
  const root = JSON.parse(schemaText) as Json;
  const values = parse(valuesText, { uniqueKeys: false }) as unknown;
  return [...draftFaults(root), ...openFaults(root, root, "", []), ...keyFaults(root, root, values ?? {}, "")];
}

/** The keywords themselves, by the meta schema of draft-07; of later drafts Helm knows, they are a superset. */
function draftFaults(root: Json): string[] {
  const { $schema, ...rest } = root;
  if (typeof $schema !== "string") return ["values.schema.json: $schema must say the draft"];
  const ajv = new Ajv({ strict: false });
  if (ajv.validateSchema(rest) === true) return [];
  return (ajv.errors ?? []).map(({ instancePath, message }) => `values.schema.json: ${instancePath} ${message}`);
}

/** Maps with listed keys that take others too. What stands for keys of any name is not looked into. */
function openFaults(root: Json, schema: Json, path: string, seen: readonly Json[]): string[] {
  const here = resolved(root, schema);
  if (seen.includes(here)) return [];
  const { properties, items, additionalProperties } = here;
  const listed = Object.entries((properties ?? {}) as Readonly<Record<string, Json>>);
  const open = listed.length > 0 && additionalProperties !== false;
  const inside = listed.flatMap(([key, each]) => openFaults(root, each, joined(path, key), [...seen, here]));
  const inItems = isMap(items) ? openFaults(root, items, `${path}[]`, [...seen, here]) : [];
  return [...(open ? [`${path || "values"}: must have additionalProperties: false`] : []), ...inside, ...inItems];
}

function keyFaults(root: Json, schema: Json, value: unknown, path: string): string[] {
  const here = resolved(root, schema);
  const properties = here.properties as Readonly<Record<string, Json>> | undefined;
  if (!isMap(value) || properties === undefined) return [];
  const required = new Set((here.required ?? []) as readonly string[]);
  const missing = Object.keys(value).filter((key) => !(key in properties));
  const unset = Object.keys(properties).filter((key) => !(key in value) && isExpected(path, key, value, required));
  return [
    ...missing.map((key) => `${joined(path, key)}: is in values.yaml, not in the schema`),
    ...unset.map((key) => `${joined(path, key)}: is in the schema, not in values.yaml`),
    ...Object.entries(value).flatMap(([key, item]) => {
      const each = properties[key];
      return each ? keyFaults(root, each, item, joined(path, key)) : [];
    }),
  ];
}

/** An empty map may hold any of its keys, a map that has some must show those that it needs, and at the top all are shown. */
function isExpected(path: string, key: string, value: Json, required: ReadonlySet<string>): boolean {
  if (path === "") return !HELMS_OWN.includes(key);
  return required.has(key) && Object.keys(value).length > 0;
}

function resolved(root: Json, schema: Json): Json {
  if (typeof schema.$ref !== "string") return schema;
  const parts = schema.$ref.replace(/^#\//, "").split("/");
  return resolved(
    root,
    parts.reduce<Json>((found, part) => (found[part] ?? {}) as Json, root),
  );
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
