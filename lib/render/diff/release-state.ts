import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { untar } from "../helm/tar";
import { readYaml } from "../objects/kubernetes-yaml";
import type { StackRelease } from "../stack/stack-releases";
import type { ReleaseState } from "./environment-diff";
import { at } from "./plain-data";

/** A release as the stack describes it, for comparison. A chart that lies in the repository is named by its `Chart.yaml`. */
export function releaseState({ source, chart, values }: StackRelease): ReleaseState {
  const state = { source, values: readYaml(values)[0]?.value ?? {} };
  if (!("path" in chart))
    return { ...state, chart: `${chart.repository.replace(/\/+$/, "")}/${chart.name}`, version: chart.version };
  const [name, version] = ["name", "version"].map((field) => at(chartYaml(chart.path), field));
  return { ...state, chart: String(name), ...(version === undefined ? {} : { version: String(version) }) };
}

function chartYaml(path: string): unknown {
  if (!statSync(path).isFile()) return readYaml(readFileSync(join(path, "Chart.yaml"), "utf8"))[0]?.value;
  // In an archive the chart's own name comes first; those of subcharts lie deeper.
  const [, content] = [...untar(readFileSync(path))].find(([name]) => /^[^/]+\/Chart\.yaml$/.test(name)) ?? [];
  return readYaml(content?.toString("utf8") ?? "")[0]?.value;
}
