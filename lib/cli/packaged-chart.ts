import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { untar } from "../render/helm/tar";
import { CommandError } from "./command-error";
import { oneLine } from "./doctor/aws-problem";
import type { HelmTool } from "./helm-tool";

/** A chart as `helm package` wrote it. */
export interface PackagedChart {
  readonly archive: string;
  readonly name: string;
  /** As in `Chart.yaml`, for example `1.4.0`. */
  readonly version: string;
}

/**
 * Packages a chart's folder.
 *
 * @throws {CommandError} if it is no chart, or one that Helm does not take
 */
export async function packageChart(helm: HelmTool, chart: string, to: string): Promise<PackagedChart> {
  if (!existsSync(join(chart, "Chart.yaml"))) {
    throw new CommandError(`there is no Chart.yaml in ${chart}`, "give the folder of a chart");
  }
  mkdirSync(to);
  const { exitCode, errors } = await helm.run(["package", chart, "--destination", to]);
  const missing = /missing in charts\/ directory/.test(errors);
  if (exitCode !== 0) {
    const fix = missing ? `run: helm dependency build ${chart}` : "mend the chart";
    throw new CommandError(`helm does not package ${chart}: ${helm.says(errors)}`, fix);
  }
  const [file = ""] = readdirSync(to);
  const archive = join(to, file);
  const [about] = [...chartFiles(archive)].filter(([path]) => path === CHART_FILE);
  const { name, version } = parse(String(about?.[1])) as { readonly name: string; readonly version: string };
  return { archive, name: oneLine(name), version: oneLine(version) };
}

/** Whether two archives hold the same chart. Their bytes differ: an archive has the time in it when it was packed. */
export function isSameChart(one: string, other: string): boolean {
  const [files, others] = [chartFiles(one), chartFiles(other)];
  if (files.size !== others.size) return false;
  return [...files].every(([path, content]) => {
    const found = others.get(path);
    if (!found) return false;
    // Helm writes this one anew, each version of it in its own way.
    if (path === CHART_FILE) return isDeepStrictEqual(parse(content.toString("utf8")), parse(found.toString("utf8")));
    return content.equals(found);
  });
}

const CHART_FILE = "Chart.yaml";

/** Contents by path in the chart: its own name comes first in an archive. */
function chartFiles(archive: string): Map<string, Buffer> {
  const files = [...untar(readFileSync(archive))];
  return new Map(files.map(([path, content]) => [path.slice(path.indexOf("/") + 1), content]));
}
