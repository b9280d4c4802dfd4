import type { AwsAccount } from "../core/account";
import type { Removal } from "../core/removal";
import type { Stage } from "../core/stage";
import type { AccessEntryOptions } from "../eks/access-entry";
import type { AutoModeOptions } from "../eks/auto-mode";
import type { EndpointAccess } from "../eks/endpoint-access";
import type { SupportType } from "../eks/kubernetes-version";
import type { NodeGroupOptions } from "../eks/node-group-props";
import type { VpcProps } from "../vpc/vpc-props";
import type { EnvironmentTags } from "./environment-tags";
import type { InClusterConfig, InClusterOff } from "./in-cluster-config";
import type { KubeconfigEnvironmentConfig } from "./kubeconfig-environment";
import type { RegistryConfig } from "./registry-config";
import type { StoredState } from "./state-config";

/** An environment by the kind of cluster it has. */
export type EnvironmentConfig = AwsEnvironmentConfig | KubeconfigEnvironmentConfig;

/** An environment with a VPC and an EKS cluster of its own: one stack, one state. */
export interface AwsEnvironmentConfig {
  readonly kind: "aws";
  /** Lower-case letters, digits and `-`, 2-32. Names the stack and its state; changing it makes another environment. */
  readonly name: string;
  readonly stage: Stage;
  readonly account: AwsAccount & {
    /** Role that Terraform assumes, for AWS and for the cluster. It must exist: docs/deploying.md. */
    readonly deployRoleArn: string;
  };
  readonly state: StoredState;
  /** `retain` guards what cannot be made again; `prod` must have it. */
  readonly removal: Removal;
  readonly tags: EnvironmentTags;
  /**
   * Domain of the hosts of its applications. For example `staging.example.com`.
   *
   * @default - applications have no host
   */
  readonly domain?: string;
  readonly network: NetworkConfig;
  readonly cluster: ClusterConfig;
  /** At least one, unless the cluster is in Auto Mode. */
  readonly nodeGroups: readonly NodeGroupOptions[];
  /** Exact versions of EKS add-ons by name. None in Auto Mode, which brings them. */
  readonly addons: Readonly<Record<string, string>>;
  /** Who gets into the cluster besides the deploy role. */
  readonly access: readonly AccessEntryOptions[];
  /**
   * What runs in the cluster. `off` repeats the environment's name: without it the stack has no login to the cluster any more, so
   * what was installed must have been removed by a deploy before (docs/deploying.md); otherwise the plan fails.
   */
  readonly inCluster: InClusterConfig | InClusterOff;
}

/** The VPC, as `VpcProps` says it, without what follows from the environment. */
export type NetworkConfig = Pick<
  VpcProps,
  | "cidrBlock"
  | "availabilityZones"
  | "tiers"
  | "subnetCidrBlocks"
  | "reservedZones"
  | "secondaryCidrBlocks"
  | "natGateways"
  | "interfaceEndpoints"
>;

/** The cluster of an environment, as `ClusterProps` says it, without what follows from the environment. */
export interface ClusterConfig {
  readonly clusterName: string;
  /** For example `1.35`. */
  readonly kubernetesVersion: string;
  /**
   * Zones of the control plane's interfaces, at least 2; fixed once the cluster exists.
   */
  readonly availabilityZones: readonly string[];
  /**
   * Where the control plane's interfaces stand: a tier of the network.
   *
   * @default "control-plane"
   */
  readonly subnetGroup?: string;
  /** From where the environment is deployed and used. */
  readonly endpointAccess: readonly EndpointAccess[];
  /** @default "172.20.0.0/16" */
  readonly serviceCidrBlock?: string;
  /** @default - off */
  readonly autoMode?: AutoModeOptions;
  /** @default "standard" */
  readonly supportType?: SupportType;
}

/** An account's bootstrap: where its environments keep their state. */
export interface StateStoreConfig {
  /** Id of the stack, for example `bootstrap`. */
  readonly id: string;
  readonly account: AwsAccount;
  /** Region of the copies: another one. */
  readonly copyRegion: string;
  /**
   * First part of the names of buckets, table and key. 3-20 characters.
   *
   * @default "eks-platform"
   */
  readonly prefix?: string;
  readonly tags: EnvironmentTags;
}

/** What a platform repository describes. */
export interface PlatformConfig {
  readonly stateStores: readonly StateStoreConfig[];
  /**
   * Ids of accounts without a state store, whose service-linked roles another stack makes (`ServiceLinkedRoles`).
   *
   * @default - none: each account of an environment has a state store
   */
  readonly preparedAccounts?: readonly string[];
  /** @default - none */
  readonly registries?: readonly RegistryConfig[];
  readonly environments: readonly EnvironmentConfig[];
}
