import { resolve } from "node:path";
import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { INamespace } from "../kubernetes/namespace";
import { chartFault, chartHash } from "./chart-folder";
import { valuesDocument } from "./values-document";

export interface HelmReleaseProps {
  /** 1-53 characters. Changing it replaces the release. */
  readonly releaseName: string;
  readonly namespace: INamespace;
  /** Folder of the chart, absolute or from the folder that synth runs in. Any change of its files is a change of the release. */
  readonly chartPath: string;
  /**
   * Plain data over the chart's own values. Never a secret: values lie open in the state.
   *
   * @default - the chart's own
   */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * How long Helm waits for the release to become ready. Unit: seconds. Range: 1-3600.
   *
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

/** @see https://helm.sh/docs/chart_best_practices/conventions/ */
const RELEASE_NAME_MAX_LENGTH = 53;
const KEPT_REVISIONS = 5;

/**
 * A release of a chart that lies in the repository. An install or upgrade that fails is taken back.
 *
 * Creates `helm_release`. The chart is copied beside the stack under a path that holds its content's hash: the provider does not see
 * an edited template otherwise (hashicorp/terraform-provider-helm#515).
 *
 * @throws {ValidationError} if the chart is not there, a name breaks the rules, or values are not plain data
 */
export class HelmRelease extends Construct {
  readonly releaseName: string;
  readonly resource: Release;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    const values = checkHelmRelease(faults, props, (name) => name);
    faults.throwIfAny();
    const chartPath = resolve(props.chartPath);

    const asset = new TerraformAsset(this, "Chart", {
      path: chartPath,
      type: AssetType.DIRECTORY,
      assetHash: chartHash(chartPath),
    });
    this.releaseName = props.releaseName;
    this.resource = new Release(this, "Resource", {
      name: props.releaseName,
      namespace: props.namespace.namespaceRef,
      chart: `./${asset.path}`,
      values: [values],
      timeout: props.timeoutSeconds ?? 600,
      wait: true,
      waitForJobs: true,
      atomic: true,
      cleanupOnFail: true,
      maxHistory: KEPT_REVISIONS,
    });
  }
}

/** Adds what is wrong with a release, and answers its values as one document. */
export function checkHelmRelease(
  faults: Faults,
  options: Pick<HelmReleaseProps, "releaseName" | "chartPath" | "values" | "timeoutSeconds">,
  property: (name: string) => string,
): string {
  const { releaseName, chartPath, values = {}, timeoutSeconds } = options;
  const chart = chartFault(resolve(chartPath));
  if (chart) faults.add(property("chartPath"), chart, chartPath);
  faults
    .literal(property("releaseName"), releaseName)
    .matches(
      property("releaseName"),
      releaseName,
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
      "must be lower-case letters, digits and '-'",
    )
    .length(property("releaseName"), releaseName, 1, RELEASE_NAME_MAX_LENGTH)
    .integer(property("timeoutSeconds"), timeoutSeconds, 1, 3600);
  return valuesDocument(faults, property("values"), values);
}
