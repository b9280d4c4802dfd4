import { parse } from "yaml";
import type { KindOfValue, ValuesShape } from "../../lib/helm/known-chart";
import type { ChartFiles } from "./chart-files";

type Json = Readonly<Record<string, unknown>>;

/** The keys of a chart, and the file that says them. */
export interface FoundShape {
  readonly shape: ValuesShape;
  readonly file: string;
}

/** Objects that charts hand on to Kubernetes as they are: the default shows some of their fields, all are taken. */
const HANDED_ON =
  /^(resources|affinity|nodeSelector|dnsConfig|\w*securityContext|\w*Probe|\w*[sS]trategy|\w*[aA]nnotations|\w*[lL]abels)$/i;

/** Reads the keys from the schema of the values, or where there is none from their defaults. Subcharts may take anything. */
export function findShape(files: ChartFiles, more: ValuesShape = {}): FoundShape {
  const { dependencies = [] } = parse(files.chart) as { readonly dependencies?: readonly Json[] };
  const subcharts = dependencies.map(({ alias, name }) => [String(alias ?? name), "map"]);
  const found = files.schema ? fromSchema(JSON.parse(files.schema)) : fromDefaults(parse(files.values) ?? {});
  return {
    shape: merged(merged(found, Object.fromEntries(subcharts)), more),
    file: files.schema ? "values.schema.json" : "values.yaml",
  };
}

function fromDefaults(value: unknown): ValuesShape {
  if (value === null) return "any";
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object") return "scalar";
  const entries = Object.entries(value);
  if (entries.length === 0) return "map";
  return Object.fromEntries(entries.map(([key, item]) => [key, open(key, fromDefaults(item))]));
}

function fromSchema(root: Json): ValuesShape {
  const read = (schema: Json): ValuesShape => {
    if (typeof schema.$ref === "string") return read(at(root, schema.$ref));
    const types = [schema.type ?? []].flat().filter((type) => type !== "null");
    if (types.length === 1 && types[0] === "array") return "list";
    if (types.length !== 1 || types[0] !== "object") return scalarOf(types);
    const entries = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Json>>);
    if (entries.length === 0) return "map";
    const closed = schema.additionalProperties === false;
    return Object.fromEntries(entries.map(([key, item]) => [key, closed ? read(item) : open(key, read(item))]));
  };
  return read(root);
}

const SCALARS: Readonly<Record<string, KindOfValue>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

function scalarOf(types: readonly unknown[]): KindOfValue {
  const [first, ...others] = new Set(types.map((type) => SCALARS[String(type)] ?? "any"));
  if (first === undefined || [first, ...others].includes("any")) return "any";
  return others.length > 0 ? "scalar" : first;
}

function at(root: Json, reference: string): Json {
  const parts = reference.replace(/^#\//, "").split("/");
  return parts.reduce<Json>((schema, part) => (schema[part] ?? {}) as Json, root);
}

/** What is handed on to Kubernetes may hold more than the chart shows of it. */
function open(key: string, shape: ValuesShape): ValuesShape {
  return typeof shape === "object" && HANDED_ON.test(key) ? "map" : shape;
}

function merged(shape: ValuesShape, more: ValuesShape): ValuesShape {
  if (typeof shape !== "object" || typeof more !== "object") return more;
  const both = Object.entries(more).map(([key, item]) => {
    const before = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return [key, before ? merged(before, item) : item];
  });
  return { ...shape, ...Object.fromEntries(both) };
}
