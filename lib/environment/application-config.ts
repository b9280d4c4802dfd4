import type { ApplicationChart } from "../application/application-chart";
import type { ApplicationOptions } from "../application/application-props";
import type { ChartSource } from "../helm/chart-source";
import type { TrafficConfig } from "./traffic-config";

/** An application. `application` checks its values where it is written. */
export interface ApplicationConfig<C extends ChartSource = ChartSource> extends ApplicationOptions<C> {
  /**
   * One of the environment's namespaces, to stand in beside others. Changing it replaces the release.
   *
   * @default - a namespace of its own
   */
  readonly namespace?: string;
  /**
   * Traffic of its pods besides what follows from `host`, `database` and `statements`.
   *
   * @default - none
   */
  readonly allow?: readonly TrafficConfig[];
  /**
   * Releases that must be there first, as `<namespace>/<name>`; for an `externalSecret` the one that brings External Secrets.
   *
   * @default - none
   */
  readonly after?: readonly string[];
}

/**
 * An application whose values are checked by the compiler against the keys of its chart.
 *
 * @example
 * applications: [application({ applicationName: "surveillance", team: "epidemiology", image, values: { tests: { enabled: false } } })]
 */
export function application<C extends ChartSource = ApplicationChart>(config: ApplicationConfig<C>): ApplicationConfig {
  return config as unknown as ApplicationConfig;
}
