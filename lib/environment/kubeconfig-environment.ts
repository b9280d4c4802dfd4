import type { Removal } from "../core/removal";
import type { Stage } from "../core/stage";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import type { Kubeconfig } from "../kubernetes/kubeconfig";
import type { OtherState } from "../state/other-state";
import type { InClusterConfig } from "./in-cluster-config";
import type { StoredState } from "./state-config";

/** A cluster that is there, of whatever kind, and what this repository installs in it: one stack, one state, nothing of AWS. */
export interface KubeconfigEnvironmentConfig {
  readonly kind: "kubeconfig";
  /** Lower-case letters, digits and `-`, 2-32. Names the stack and its state; changing it makes another environment. */
  readonly name: string;
  readonly stage: Stage;
  readonly kubeconfig: Kubeconfig;
  /** Minor version of the cluster, for example `1.35`. */
  readonly kubernetesVersion: string;
  /**
   * A state store of this platform, or another backend of Terraform.
   *
   * @default - a file `terraform.<name>.tfstate` that nobody else has; not in prod
   */
  readonly state?: StoredState | OtherState;
  /** `retain` guards what cannot be made again; `prod` must have it. */
  readonly removal: Removal;
  /**
   * Domain of the hosts of its applications. For example `local.example.com`.
   *
   * @default - applications have no host
   */
  readonly domain?: string;
  /**
   * What traffic named by its purpose means in this cluster.
   *
   * @default - traffic to "kubernetes-api" and from "load-balancer" cannot be allowed
   */
  readonly network?: KubeconfigNetwork;
  readonly inCluster: InClusterConfig;
}

/** What there is to know of a cluster without AWS. */
export type KubeconfigNetwork = Omit<ClusterNetwork, "vpcCidrBlocks" | "nodeSecurityGroupId">;
