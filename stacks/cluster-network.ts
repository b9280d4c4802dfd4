import type { ICluster } from "../lib/eks/cluster-interface";
import { clusterTraffic } from "../lib/environment/cluster-traffic";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import type { ClusterNetwork } from "../lib/kubernetes/cluster-network";

/** What traffic named by its purpose means in an environment, with what is known only after a deploy. */
export function clusterNetwork(config: AwsEnvironmentConfig, cluster: ICluster): ClusterNetwork {
  return { ...clusterTraffic(config), nodeSecurityGroupId: cluster.clusterSecurityGroupId };
}
