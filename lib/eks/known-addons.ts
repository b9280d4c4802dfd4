import type { ManagedPolicyPurpose } from "../iam/managed-policies";

/** What the library knows of an EKS add-on. */
export interface KnownAddon {
  /**
   * `before-nodes`: every node needs it to become ready. `after-nodes`: its pods need a node, else the add-on ends as degraded.
   */
  readonly order: "before-nodes" | "after-nodes";
  /** The service account in `kube-system` that calls AWS, and what for. */
  readonly identity?: { readonly serviceAccount: string; readonly purpose: ManagedPolicyPurpose };
  /** Settings that the library makes. */
  readonly configurationValues?: Readonly<Record<string, unknown>>;
}

/**
 * The add-ons of EKS that the library orders and gives an identity. An add-on that is not listed comes after the nodes and without one.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const KNOWN_ADDONS: Readonly<Record<string, KnownAddon>> = {
  "vpc-cni": {
    order: "before-nodes",
    identity: { serviceAccount: "aws-node", purpose: "vpcCni" },
    // Network policies are enforced, and a node takes addresses sixteen at a time: more pods on a node, fewer calls to EC2.
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html
    configurationValues: {
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    },
  },
  "kube-proxy": { order: "before-nodes" },
  "eks-pod-identity-agent": { order: "before-nodes" },
  coredns: { order: "after-nodes" },
  "metrics-server": { order: "after-nodes" },
  "aws-ebs-csi-driver": {
    order: "after-nodes",
    identity: { serviceAccount: "ebs-csi-controller-sa", purpose: "ebsCsi" },
  },
};
