import type { ITerraformDependable } from "cdktf";
import type { IKey } from "../kms/key";
import type { IVpc } from "../vpc/vpc-interface";
import type { AmiType } from "./ami-type";
import type { ICluster } from "./cluster-interface";

/** How many nodes a group has. */
export interface Scaling {
  /** At least 0. Raising it above the present size of an autoscaled group fails in AWS: raise the size first, by hand or with `fixed`. */
  readonly min: number;
  /** Size at creation; later only with mode `fixed`. */
  readonly desired: number;
  /** At least 1. */
  readonly max: number;
  /**
   * `autoscaled`: an autoscaler owns the size, and Terraform leaves it alone after creation. `fixed`: Terraform keeps it at `desired`.
   *
   * @default "autoscaled"
   */
  readonly mode?: "autoscaled" | "fixed";
}

/** Keeps pods away from nodes unless they tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** What a node group can be given, apart from where it belongs. */
export interface NodeGroupOptions {
  /** 1-63 characters. Changing it replaces the group; for blue and green nodes make a second group. */
  readonly nodeGroupName: string;
  /** Zones of the nodes, a part of the VPC's. Changing them replaces the group: use a new zone with a new group. */
  readonly availabilityZones: readonly string[];
  /**
   * Where the nodes stand: a tier of the VPC, or one of its secondary ranges by name. Changing it replaces the group.
   *
   * @default "private-with-egress"
   */
  readonly subnetGroup?: string;
  /** For example `["m5.large"]`; several for spot. Changing them replaces the group. */
  readonly instanceTypes: readonly string[];
  readonly scaling: Scaling;
  /**
   * Release of the machine image, for example `1.35.8-20260930`: the minor version must not be newer than the cluster's. Changing it
   * rolls the nodes.
   *
   * @see https://github.com/awslabs/amazon-eks-ami/releases
   */
  readonly releaseVersion: string;
  /**
   * Kubernetes version of the nodes: raise it with the release. Bottlerocket's releases do not name it.
   *
   * @default - the one that the release names; for Bottlerocket the cluster's
   */
  readonly kubernetesVersion?: string;
  /**
   * Changing it replaces the group.
   *
   * @default "AL2023_x86_64_STANDARD"
   */
  readonly amiType?: AmiType;
  /**
   * Changing it replaces the group.
   *
   * @default "ON_DEMAND"
   */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /**
   * Size of the volume for images and logs. Unit: GiB. Range: 20-16384. Changing it rolls the nodes.
   *
   * @default 50
   */
  readonly volumeSizeGiB?: number;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly taints?: readonly Taint[];
  /**
   * Nodes that may be away at once during an update. Unit: percent. Range: 1-100.
   *
   * @default 33
   */
  readonly maxUnavailablePercentage?: number;
  /**
   * Whether EKS repairs nodes that are not healthy.
   *
   * @default true
   * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health.html
   */
  readonly nodeRepair?: boolean;
  /**
   * Whether a shell on a node can be opened through Session Manager. There is no SSH.
   *
   * @default false
   */
  readonly sessionManager?: boolean;
}

export interface NodeGroupProps extends NodeGroupOptions {
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  /** Encrypts the nodes' volumes; its policy must let Auto Scaling in (`KeyProps.autoScaling`). Changing it rolls the nodes. */
  readonly volumeEncryptionKey: IKey;
  /**
   * What must work before the first node joins: the CNI and the other add-ons of every node.
   *
   * @default - nothing
   */
  readonly after?: readonly ITerraformDependable[];
}
