import { type ChartSource, isLocalChart } from "../helm/chart-source";
import { syndromicSurveillanceApi } from "../helm/charts/syndromic-surveillance-api";
import { isKnownChart } from "../helm/known-chart";

/** The chart of this package. Whatever chart an application has, it takes the same values. */
export type ApplicationChart = typeof syndromicSurveillanceApi;

/** Name of the chart in a registry. */
const CHART_NAME = "syndromic-surveillance-api";

/** The chart of an application, with the keys of its values if it is a copy of the one of this package. */
export function applicationChart(chart: ChartSource = syndromicSurveillanceApi): ChartSource {
  if (isKnownChart(chart) || isLocalChart(chart) || chart.name !== CHART_NAME) return chart;
  const { shape, crds } = syndromicSurveillanceApi;
  return { ...chart, ...{ shape, crds } };
}
