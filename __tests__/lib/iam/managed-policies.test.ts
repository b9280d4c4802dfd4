import { MANAGED_POLICIES } from "../../../lib/iam/managed-policies";

test("no purpose brings more than EKS asks for: a policy that is added shows here", () => {
  expect(MANAGED_POLICIES).toEqual({
    controlPlane: ["AmazonEKSClusterPolicy"],
    autoModeControlPlane: [
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSBlockStoragePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ],
    nodes: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    autoModeNodes: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    sessionManager: ["AmazonSSMManagedInstanceCore"],
    vpcCni: ["AmazonEKS_CNI_Policy"],
    ebsCsi: ["service-role/AmazonEBSCSIDriverPolicy"],
  });
});

test("nobody gets administrator or full access", () => {
  const all: readonly string[] = Object.values(MANAGED_POLICIES).flat();
  const wide = (names: readonly string[]) => names.filter((name) => /Administrator|PowerUser|FullAccess/.test(name));
  expect(wide([...all, "AdministratorAccess", "AmazonS3FullAccess"])).toEqual([
    "AdministratorAccess",
    "AmazonS3FullAccess",
  ]);
});
