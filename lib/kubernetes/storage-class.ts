import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { REMOVALS, type Removal } from "../core/removal";
import { TerraformData } from "../core/terraform-data";
import { MANAGED_LABELS } from "./labels";
import { checkNameTaken, checkStack, othersInStack } from "./stack-check";

/** What makes the volumes: the add-on `aws-ebs-csi-driver`, or EKS Auto Mode. */
export const EBS_PROVISIONERS = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com"] as const;

/** What makes EBS volumes: the add-on's driver, or that of Auto Mode. */
export type EbsProvisioner = (typeof EBS_PROVISIONERS)[number];

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const IOPS = { min: 3000, max: 80_000 };
const THROUGHPUT = { min: 125, max: 2000 };
/** MiB/s that a volume may have for each of its IOPS. */
const THROUGHPUT_FOR_IOPS = 0.25;

/** A storage class of EBS volumes. */
export interface StorageClassOptions {
  /** Changing it replaces the class. */
  readonly className: string;
  /**
   * Whether claims that name no class take this one. A stack has at most one such class. The class `gp2` that EKS makes is none since
   * Kubernetes 1.30; the setting `defaultStorageClass` of the add-on makes one more, and must stay off.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-extended.html
   */
  readonly isDefaultClass?: boolean;
  /**
   * Key that encrypts the volumes: the whole ARN. The driver's role, or the cluster's in Auto Mode, must be allowed to use it. Changing it
   * replaces the class.
   *
   * @default - the key of the account for EBS
   */
  readonly kmsKeyId?: string;
  /**
   * Operations per second of each volume. Range: 3000-80000, and at most 500 for each GiB. A driver before the limit was raised in 2025
   * cuts to 16000 without a word. Changing it replaces the class.
   *
   * @default - 3000, as EBS gives without extra cost
   */
  readonly iops?: number;
  /**
   * Unit: MiB/s. Range: 125-2000, and at most a quarter of `iops`. Changing it replaces the class.
   *
   * @default - 125, as EBS gives without extra cost
   */
  readonly throughputMiBps?: number;
  /**
   * `ebs.csi.eks.amazonaws.com` in EKS Auto Mode. Changing it replaces the class; neither takes over volumes of the other.
   *
   * @default "ebs.csi.aws.com"
   */
  readonly provisioner?: EbsProvisioner;
  /**
   * What becomes of a volume when its claim is deleted: `retain` keeps it, and somebody has to delete it in EBS; `destroy` deletes it with
   * its data. Volumes that are there keep what they were made with. Changing it replaces the class.
   *
   * @default "retain"
   */
  readonly removal?: Removal;
}

/**
 * A class of encrypted gp3 volumes, made in the zone where their first pod runs, that can grow. To replace a class touches no volume that is
 * there.
 *
 * Creates `kubernetes_storage_class_v1`, and a `terraform_data` that replaces it with its reclaim policy.
 *
 * @throws {ValidationError} if the name is not one that Kubernetes allows, or a volume cannot have such performance. Synth fails if
 * the stack has another class of the name.
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html
 */
export class StorageClass extends Construct {
  readonly className: string;
  readonly isDefaultClass: boolean;
  readonly resource: StorageClassV1;

  constructor(scope: Construct, id: string, options: StorageClassOptions) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkStorageClass(faults, options);
    faults.throwIfAny();

    const { className, isDefaultClass = false, kmsKeyId, iops, throughputMiBps } = options;
    const { provisioner = "ebs.csi.aws.com", removal = "retain" } = options;
    const reclaimPolicy = removal === "destroy" ? "Delete" : "Retain";
    // Kubernetes never changes the policy, and the provider says that it did:
    // https://github.com/hashicorp/terraform-provider-kubernetes/issues/1965
    const policy = new TerraformData(this, "ReclaimPolicy", { triggersReplace: { reclaimPolicy } });
    this.resource = new StorageClassV1(this, "Resource", {
      metadata: {
        name: className,
        labels: MANAGED_LABELS,
        annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefaultClass) },
      },
      storageProvisioner: provisioner,
      parameters: {
        type: "gp3",
        encrypted: "true",
        ...(kmsKeyId && { kmsKeyId }),
        ...(iops && { iops: String(iops) }),
        ...(throughputMiBps && { throughput: String(throughputMiBps) }),
      },
      reclaimPolicy,
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      lifecycle: { replaceTriggeredBy: [dependable(policy)] },
    });
    this.className = className;
    this.isDefaultClass = isDefaultClass;
    checkNameTaken(this, StorageClass, "className", (each) => each.className);
    checkStack(this, (stackFaults) => {
      const others = isDefaultClass ? othersInStack(this, StorageClass).filter((each) => each.isDefaultClass) : [];
      for (const { node } of others) {
        stackFaults.add("isDefaultClass", `must be false, because ${node.path} is the default`, true);
      }
    });
  }
}

/** Adds what is wrong with a storage class. */
export function checkStorageClass(
  faults: Faults,
  { className, kmsKeyId, iops, throughputMiBps, provisioner, removal }: StorageClassOptions,
  property: (name: string) => string = (name) => name,
): void {
  const most = Math.floor((iops ?? IOPS.min) * THROUGHPUT_FOR_IOPS);
  faults
    .literal(property("className"), className)
    .literal(property("iops"), iops)
    .literal(property("throughputMiBps"), throughputMiBps)
    .matches(
      property("className"),
      className,
      DNS_SUBDOMAIN,
      "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253",
    )
    .matches(
      property("kmsKeyId"),
      kmsKeyId,
      /^arn:aws[a-z-]*:kms:[^:]+:\d{12}:key\/.+$/,
      "must be the ARN of a KMS key",
    )
    .integer(property("iops"), iops, IOPS.min, IOPS.max)
    .integer(property("throughputMiBps"), throughputMiBps, THROUGHPUT.min, THROUGHPUT.max)
    .check(
      throughputMiBps === undefined || throughputMiBps <= most,
      property("throughputMiBps"),
      `must be at most ${most}, a quarter of the IOPS`,
      throughputMiBps,
      "raise 'iops'",
    )
    .oneOf(property("provisioner"), provisioner, EBS_PROVISIONERS)
    .oneOf(property("removal"), removal, REMOVALS);
}
