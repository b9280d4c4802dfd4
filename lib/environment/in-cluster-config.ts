import type { ChartSource } from "../helm/chart-source";
import type { HelmReleaseOptions } from "../helm/release-props";
import type { NamespaceOptions } from "../kubernetes/namespace-props";
import type { PriorityClassProps } from "../kubernetes/priority-class";
import type { SecretOptions } from "../kubernetes/secret";
import type { TeamOptions } from "../kubernetes/team-props";
import type { ApplicationConfig } from "./application-config";
import type { TeamContractConfig } from "./team-contract-config";
import type { TrafficConfig } from "./traffic-config";

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
  /**
   * Secrets whose values are given to Terraform as variables.
   *
   * @default - none
   */
  readonly secrets?: readonly SecretConfig[];
  /** @default - none */
  readonly applications?: readonly ApplicationConfig[];
  readonly releases: readonly ReleaseConfig[];
}

/** Nothing in the cluster: the environment is its AWS part alone. */
export interface InClusterOff {
  /** The environment's own name. */
  readonly off: string;
}

/** A namespace, and the traffic it opens. */
export interface NamespaceConfig extends NamespaceOptions {
  /** @default - name resolution only */
  readonly allow?: readonly TrafficConfig[];
}

/** A Secret, in one of the environment's namespaces. */
export interface SecretConfig extends SecretOptions {
  readonly namespace: string;
}

/** A team, with its namespaces by their names. */
export interface TeamConfig extends TeamOptions {
  readonly namespaces: readonly string[];
  /**
   * What a team gets that deploys from a repository of its own; needs an environment of AWS.
   *
   * @default - none: what the team runs is described here, or installed by its members
   */
  readonly contract?: TeamContractConfig;
}

/** A Helm release. `release` checks the values of a known chart where it is written. */
export interface ReleaseConfig<C extends ChartSource = ChartSource>
  extends Omit<HelmReleaseOptions<C>, "releaseName" | "removal"> {
  /** Part of the release's address: changing it makes another release, and takes this one away. */
  readonly name: string;
  /**
   * What Helm calls it. Changing it reinstalls the release; Terraform refuses that in a retained environment.
   *
   * @default - `name`
   */
  readonly releaseName?: string;
  /** One of the environment's namespaces, or with `systemNamespaceReason` one of Kubernetes itself. */
  readonly namespace: string;
  /**
   * Releases that must be there first, as `<namespace>/<name>`.
   *
   * @default - none
   */
  readonly after?: readonly string[];
}

/**
 * A release whose values are checked by the compiler against its chart's keys.
 *
 * @example
 * releases: [release({ name: "metrics-server", namespace: "platform", chart: metricsServer, values: { replicas: 2 } })]
 */
export function release<C extends ChartSource>(config: ReleaseConfig<C>): ReleaseConfig {
  return config as ReleaseConfig;
}
