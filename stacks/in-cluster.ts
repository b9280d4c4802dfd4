import { Construct } from "constructs";
import type { ICluster } from "../lib/eks/cluster-interface";
import type { AwsEnvironmentConfig, InClusterConfig } from "../lib/environment/environment-config";
import { HelmRelease } from "../lib/helm/helm-release";
import { AutoModeNetworkPolicy } from "../lib/kubernetes/auto-mode-network-policy";
import { type INamespace, Namespace } from "../lib/kubernetes/namespace";
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

    const namespaces = new Map<string, INamespace>();
    for (const namespaceName of inCluster.namespaces) {
      const { kubernetesVersion } = config.cluster;
      const props = { namespaceName, kubernetesVersion, removal: config.removal };
      namespaces.set(namespaceName, new Namespace(this, `Namespace-${namespaceName}`, props));
    }
    for (const { name, namespace, chartPath, values } of inCluster.releases) {
      const target = namespaces.get(namespace);
      if (!target) continue;
      new HelmRelease(this, `Release-${namespace}-${name}`, {
        releaseName: name,
        namespace: target,
        chartPath,
        values,
      });
    }
  }
}
