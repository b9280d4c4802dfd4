import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ChartSource, isLocalChart } from "../helm/chart-source";
import { syndromicSurveillanceApi } from "../helm/charts/syndromic-surveillance-api";
import { isKnownChart } from "../helm/known-chart";

/** The chart of this package. Whatever chart an application has, it takes the same values. */
export type ApplicationChart = typeof syndromicSurveillanceApi;

/** Name of the chart in a registry. */
const CHART_NAME = "syndromic-surveillance-api";

/** The chart of an application, with the keys of its values if it is a copy, of the same version, of the one of this package. */
export function applicationChart(chart: ChartSource = syndromicSurveillanceApi): ChartSource {
  if (isKnownChart(chart) || isLocalChart(chart) || chart.name !== CHART_NAME) return chart;
  if (chart.version !== packagedVersion()) return chart;
  const { shape, crds } = syndromicSurveillanceApi;
  const known = { ...chart, shape, crds };
  return known;
}

/** Whether the values of a chart are those of the one of this package. */
export function hasPackagedValues(chart: ChartSource): boolean {
  return isKnownChart(chart) && chart.shape === syndromicSurveillanceApi.shape;
}

function packagedVersion(): string | undefined {
  const text = readFileSync(join(syndromicSurveillanceApi.path, "Chart.yaml"), "utf8");
  return /^version: *"?([^\s"]+)/m.exec(text)?.[1];
}
