import type { Construct } from "constructs";
import type { ICluster } from "../lib/eks/cluster-interface";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import { AutoModeNetworkPolicy } from "../lib/kubernetes/auto-mode-network-policy";
import { ClusterProviders } from "../lib/kubernetes/providers";
import { ReadinessGate } from "../lib/kubernetes/readiness-gate";
import { StorageClass } from "../lib/kubernetes/storage-class";

/** Without it nothing makes volumes. */
const EBS_ADDON = "aws-ebs-csi-driver";

/** What EKS needs before anything is installed: logins, the readiness gate, network policies in Auto Mode, a class for volumes. */
export function connectToEks(scope: Construct, config: AwsEnvironmentConfig, cluster: ICluster): void {
  const roleArn = config.account.deployRoleArn;
  const { removal } = config;
  const { autoMode } = config.cluster;
  new ClusterProviders(scope, "Providers", { cluster, roleArn });
  new ReadinessGate(scope, "Ready", { cluster, roleArn });
  if (autoMode) new AutoModeNetworkPolicy(scope, "NetworkPolicy");
  if (autoMode || EBS_ADDON in config.addons) {
    const provisioner = autoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com";
    new StorageClass(scope, "StorageClass-gp3", { className: "gp3", isDefaultClass: true, provisioner, removal });
  }
}
