import type { Removal } from "../core/removal";
import type { ClusterNetwork } from "./cluster-network";
import type { LimitOptions } from "./limits";
import type { PodSecurityException } from "./pod-security";
import type { QuotaOptions } from "./quota";

/** What is said of a namespace for itself, without the cluster that it is in. */
export interface NamespaceOptions {
  /** Changing it replaces the namespace with everything in it. */
  readonly namespaceName: string;
  /**
   * Labels besides those that Kubernetes, Pod Security and this construct set.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - restricted */
  readonly podSecurity?: PodSecurityException;
  /** @default - enough for some small applications */
  readonly quota?: QuotaOptions;
  /** @default - memory is limited, CPU is not */
  readonly limits?: LimitOptions;
}

export interface NamespaceProps extends NamespaceOptions {
  /** Pins the Pod Security rules to the cluster's version, so that an upgrade changes them only on purpose. For example `1.35`. */
  readonly kubernetesVersion: string;
  /**
   * What `allow` needs to know of the cluster.
   *
   * @default - nothing: traffic that needs more cannot be allowed
   */
  readonly network?: ClusterNetwork;
  /** @default "retain" */
  readonly removal?: Removal;
}
