/**
 * The AWS managed policies that a role may carry, by what the role is for. EKS needs these; whatever else a role needs is written
 * out as statements, so that a reader sees what it may do.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html
 */
export const MANAGED_POLICIES = {
  controlPlane: ["AmazonEKSClusterPolicy"],
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
  autoModeControlPlane: [
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
  ],
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
  nodes: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html */
  autoModeNodes: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
  /** A shell on a node without SSH: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html */
  sessionManager: ["AmazonSSMManagedInstanceCore"],
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
  vpcCni: ["AmazonEKS_CNI_Policy"],
  /** @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html */
  ebsCsi: ["service-role/AmazonEBSCSIDriverPolicy"],
} as const satisfies Record<string, readonly string[]>;

/** What managed policies are for. */
export type ManagedPolicyPurpose = keyof typeof MANAGED_POLICIES;
/** Name of an AWS managed policy that the library attaches. */
export type ManagedPolicy = (typeof MANAGED_POLICIES)[ManagedPolicyPurpose][number];
