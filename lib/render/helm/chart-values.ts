import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readYaml } from "../objects/kubernetes-yaml";
import { untar } from "./tar";

export type Values = Readonly<Record<string, unknown>>;

/** What a chart says of its values, its subcharts' included. */
export interface ChartValues {
  /** The chart's `values.yaml`, with those of subcharts below their names. */
  readonly defaults: Values;
  /** Values that switch subcharts, for example `redis.enabled`. */
  readonly switches: readonly string[];
}

interface ChartYaml {
  readonly name?: string;
  readonly dependencies?: readonly { readonly name?: string; readonly alias?: string; readonly condition?: string }[];
}

/** Reads the values of a chart: a folder or an archive. */
export function chartValues(path: string): ChartValues {
  return valuesOf(statSync(path).isFile() ? archivedFiles(readFileSync(path)) : folderFiles(path));
}

export function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Contents by path in the chart; only what is needed here. */
type Files = ReadonlyMap<string, Buffer>;
const NEEDED = /^(Chart|values)\.yaml$|^charts\//;

function folderFiles(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), path] as const);
  return new Map(named.filter(([name]) => NEEDED.test(name)).map(([name, path]) => [name, readFileSync(path)]));
}

/** In an archive the chart's own name comes first. */
function archivedFiles(archive: Buffer): Files {
  return new Map([...untar(archive)].map(([name, content]) => [name.slice(name.indexOf("/") + 1), content]));
}

function valuesOf(files: Files): ChartValues {
  const { dependencies = [] } = yamlMap(files.get("Chart.yaml")) as ChartYaml;
  const switches = dependencies.flatMap(({ condition }) => condition?.split(",").map((path) => path.trim()) ?? []);
  let defaults = yamlMap(files.get("values.yaml"));
  for (const sub of subcharts(files)) {
    const { name = "" } = yamlMap(sub.get("Chart.yaml")) as ChartYaml;
    const known = valuesOf(sub);
    const uses = dependencies.filter((dependency) => dependency.name === name);
    for (const used of uses.length > 0 ? uses.map(({ alias }) => alias ?? name) : [name]) {
      defaults = merged({ [used]: known.defaults, global: known.defaults.global ?? {} }, defaults);
      switches.push(...known.switches.map((path) => `${used}.${path}`));
    }
  }
  return { defaults, switches };
}

function subcharts(files: Files): Files[] {
  const folders = new Map<string, Map<string, Buffer>>();
  const archives: Files[] = [];
  for (const [path, content] of files) {
    const [, name = "", rest] = /^charts\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    if (rest) folders.set(name, (folders.get(name) ?? new Map<string, Buffer>()).set(rest, content));
    else if (name.endsWith(".tgz")) archives.push(archivedFiles(content));
  }
  return [...folders.values(), ...archives];
}

function yamlMap(content: Buffer | undefined): Values {
  const [document] = content ? readYaml(content.toString("utf8")) : [];
  return isMap(document?.value) ? document.value : {};
}

/** Maps are merged, for everything else `over` wins. */
export function merged(base: Values, over: Values): Values {
  const both = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(both) };
}
