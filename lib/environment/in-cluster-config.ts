import type { HelmReleaseOptions } from "../helm/release-props";
import type { NamespaceOptions } from "../kubernetes/namespace-props";
import type { PriorityClassProps } from "../kubernetes/priority-class";
import type { TeamOptions } from "../kubernetes/team-props";
import type { Traffic } from "../kubernetes/traffic";

/** What the platform installs in the cluster. */
export interface InClusterConfig {
  readonly namespaces: readonly NamespaceConfig[];
  /**
   * Who shares which namespaces, and what they may do there.
   *
   * @default - none: only those that `access` lets in
   */
  readonly teams?: readonly TeamConfig[];
  /** @default - none */
  readonly priorityClasses?: readonly PriorityClassProps[];
  readonly releases: readonly ReleaseConfig[];
}

export interface InClusterOff {
  /** The environment's own name. */
  readonly off: string;
}

/** A namespace, and the traffic it opens. */
export interface NamespaceConfig extends NamespaceOptions {
  /** @default - name resolution only */
  readonly allow?: readonly TrafficConfig[];
}

/** Traffic, with another namespace of the environment by its name. */
export type TrafficConfig = Traffic<NamedNamespace>;

export interface NamedNamespace {
  readonly namespace: string;
}

/** A team, with its namespaces by their names. */
export interface TeamConfig extends TeamOptions {
  readonly namespaces: readonly string[];
}

/** A Helm release. */
export interface ReleaseConfig extends Omit<HelmReleaseOptions, "releaseName" | "removal"> {
  /** Name of the release, and part of its address. */
  readonly name: string;
  /** One of the environment's namespaces. */
  readonly namespace: string;
  /**
   * Releases that must be there first, as `<namespace>/<name>`.
   *
   * @default - none
   */
  readonly after?: readonly string[];
}
