import { Construct } from "constructs";
import type { ICluster } from "../lib/eks/cluster-interface";
import type { AwsEnvironmentConfig, InClusterConfig } from "../lib/environment/environment-config";
import { HelmRelease } from "../lib/helm/helm-release";
import { AutoModeNetworkPolicy } from "../lib/kubernetes/auto-mode-network-policy";
import { Namespace } from "../lib/kubernetes/namespace";
import { ClusterProviders } from "../lib/kubernetes/providers";
import { ReadinessGate } from "../lib/kubernetes/readiness-gate";

export interface InClusterProps {
  readonly config: AwsEnvironmentConfig;
  readonly inCluster: InClusterConfig;
  readonly cluster: ICluster;
}

/** What runs in an environment's cluster, behind the readiness gate. */
export class InCluster extends Construct {
  constructor(scope: Construct, id: string, { config, inCluster, cluster }: InClusterProps) {
    super(scope, id);
    const roleArn = config.account.deployRoleArn;
    new ClusterProviders(this, "Providers", { cluster, roleArn });
    new ReadinessGate(this, "Ready", { cluster, roleArn });
    if (config.cluster.autoMode) new AutoModeNetworkPolicy(this, "NetworkPolicy");

    for (const namespaceName of inCluster.namespaces) {
      const { kubernetesVersion } = config.cluster;
      const props = { namespaceName, kubernetesVersion, removal: config.removal };
      const namespace = new Namespace(this, `Namespace-${namespaceName}`, props);
      const releases = inCluster.releases.filter((release) => release.namespace === namespaceName);
      for (const { name, chartPath, values } of releases) {
        new HelmRelease(namespace, `Release-${name}`, { releaseName: name, namespace, chartPath, values });
      }
    }
  }
}
