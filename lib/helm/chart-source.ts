/**
 * A chart in the repository: a folder, or a packaged archive (`.tgz`). Absolute, or from the folder that synth runs in. Any change of
 * its files is a change of the release.
 */
export interface LocalChart {
  readonly path: string;
}

/** A chart in a repository, at one exact version. A login to the registry happens before Terraform runs, never in code. */
export interface RepositoryChart {
  /** `https://...` of a chart repository, or `oci://<registry>/<path>` without the chart's own name, as for ECR. */
  readonly repository: string;
  readonly name: string;
  /** Exact, for example `3.13.1` or `v1.21.1`; no range, no `latest`. */
  readonly version: string;
}

/** Where a chart comes from. */
export type ChartSource = LocalChart | RepositoryChart;

export function isLocalChart(chart: ChartSource): chart is LocalChart {
  return "path" in chart;
}

/**
 * How the custom resource definitions (CRDs) of a chart come into the cluster. Helm installs a chart's folder `crds` once and never
 * upgrades it (hashicorp/terraform-provider-helm#944), so the choice is made in code.
 *
 * - `templates`: they are among the chart's templates, or there are none; installed, upgraded and removed with the release.
 * - `elsewhere`: another release brings them; the folder `crds` is skipped.
 * - `install-once`: from the folder `crds`, on the first install only.
 */
export type CrdStrategy = "templates" | "elsewhere" | "install-once";
