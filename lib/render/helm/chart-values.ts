import { isMap } from "../objects/is-map";
import { readYaml } from "../objects/kubernetes-yaml";
import { type ChartFiles, chartFiles, subcharts } from "./chart-files";

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
  return valuesOf(chartFiles(path));
}

function valuesOf(files: ChartFiles): ChartValues {
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
