import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { Removal } from "../core/removal";
import type { INamespace } from "../kubernetes/namespace-interface";
import type { ChartSource, CrdStrategy } from "./chart-source";
import type { KnownChart, ValuesOf, ValuesShape } from "./known-chart";
import type { HelmValues, ValuesFile } from "./values";

/** A layer of values: an object, or a file. Of a known chart the object has only the chart's keys. */
export type ValuesLayer<C extends ChartSource = ChartSource> =
  | (C extends KnownChart<infer S extends ValuesShape> ? ValuesOf<S> : HelmValues)
  | ValuesFile;

/** A release, as others depend on it. */
export interface IHelmRelease extends IConstruct {
  readonly releaseName: string;
  /** `<namespace>/<release>`, as Helm knows it. */
  readonly identity: string;
  readonly resource: ITerraformDependable;
}

/** What a release is, without where it stands. */
export interface HelmReleaseOptions<C extends ChartSource = ChartSource> {
  /**
   * 1-53 characters: lower-case letters, digits and `-`. Changing it replaces the release: Helm cannot rename, so the old one is
   * uninstalled and a new one installed.
   */
  readonly releaseName: string;
  /** A chart in the repository by its path, or one in a chart repository or OCI registry at an exact version. */
  readonly chart: C;
  /**
   * Over the chart's own values; later layers win. Plain data only, and never a secret: values lie open in plan and state.
   *
   * @default - the chart's own
   */
  readonly values?: ValuesLayer<C> | readonly ValuesLayer<C>[];
  /**
   * Values that look like a secret and are none: path, for example `auth.tokenReview`, and why.
   *
   * @default - none
   */
  readonly notSecret?: Readonly<Record<string, string>>;
  /**
   * How the chart's custom resource definitions come into the cluster. A local chart with a folder `crds` must say it.
   *
   * @default - what the known chart says; for others the folder `crds` is skipped
   */
  readonly crds?: CrdStrategy;
  /**
   * How long Helm waits for the release to become ready, and for each of its hooks. Unit: seconds. Range: 1-3600.
   *
   * @default 600
   */
  readonly timeoutSeconds?: number;
  /**
   * Whether a deploy waits until everything is ready, jobs included.
   *
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Whether an install or upgrade that fails is taken back. It needs `wait`.
   *
   * @default true
   */
  readonly atomic?: boolean;
  /**
   * Whether what a failed upgrade made is deleted.
   *
   * @default true
   */
  readonly cleanupOnFail?: boolean;
  /**
   * Revisions that Helm keeps for a rollback. Range: 1-100.
   *
   * @default 5
   */
  readonly maxHistory?: number;
  /**
   * Why the release must stand in a namespace of Kubernetes itself. Range: 10-500 characters.
   *
   * @default - such a namespace is refused
   */
  readonly systemNamespaceReason?: string;
  /**
   * With `retain` Terraform refuses every plan that uninstalls the release while its code is there, so also one that reinstalls it
   * under another name or in another namespace.
   *
   * @default - that of the namespace if it says one, as one that a platform granted; else "retain"
   */
  readonly removal?: Removal;
}

export interface HelmReleaseProps<C extends ChartSource = ChartSource> extends HelmReleaseOptions<C> {
  /** Changing it replaces the release: it is uninstalled here and installed there. */
  readonly namespace: INamespace;
  /**
   * Releases of the same stack that must be there first: the CRDs or the webhooks it needs. On destroy it goes before them.
   *
   * @default - none
   */
  readonly after?: readonly IHelmRelease[];
}
