import { Construct } from "constructs";
import type { ICluster } from "../lib/eks/cluster-interface";
import { inOrder } from "../lib/environment/check-releases";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import type { InClusterConfig, TrafficConfig } from "../lib/environment/in-cluster-config";
import { HelmRelease } from "../lib/helm/helm-release";
import { AutoModeNetworkPolicy } from "../lib/kubernetes/auto-mode-network-policy";
import { Namespace } from "../lib/kubernetes/namespace";
import type { INamespace } from "../lib/kubernetes/namespace-interface";
import { PriorityClass } from "../lib/kubernetes/priority-class";
import { ClusterProviders } from "../lib/kubernetes/providers";
import { ReadinessGate } from "../lib/kubernetes/readiness-gate";
import { StorageClass } from "../lib/kubernetes/storage-class";
import { Team } from "../lib/kubernetes/team";
import type { Traffic } from "../lib/kubernetes/traffic";
import { clusterNetwork } from "./cluster-network";

export interface InClusterProps {
  readonly config: AwsEnvironmentConfig;
  readonly inCluster: InClusterConfig;
  readonly cluster: ICluster;
}

/** Without it nothing makes volumes. */
const EBS_ADDON = "aws-ebs-csi-driver";

/** What runs in an environment's cluster, behind the readiness gate. */
export class InCluster extends Construct {
  constructor(scope: Construct, id: string, { config, inCluster, cluster }: InClusterProps) {
    super(scope, id);
    const roleArn = config.account.deployRoleArn;
    const { removal } = config;
    const { kubernetesVersion, autoMode } = config.cluster;
    new ClusterProviders(this, "Providers", { cluster, roleArn });
    new ReadinessGate(this, "Ready", { cluster, roleArn });
    if (autoMode) new AutoModeNetworkPolicy(this, "NetworkPolicy");
    if (autoMode || EBS_ADDON in config.addons) {
      const provisioner = autoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com";
      new StorageClass(this, "StorageClass-gp3", { className: "gp3", isDefaultClass: true, provisioner, removal });
    }
    for (const options of inCluster.priorityClasses ?? []) {
      new PriorityClass(this, `PriorityClass-${options.className}`, options);
    }

    const network = clusterNetwork(config, cluster);
    const namespaces = new Map<string, Namespace>();
    for (const options of inCluster.namespaces) {
      const { namespaceName } = options;
      const props = { ...options, kubernetesVersion, network, removal };
      namespaces.set(namespaceName, new Namespace(this, `Namespace-${namespaceName}`, props));
    }
    const named = (name: string) => find(namespaces, name);
    for (const { namespaceName, allow = [] } of inCluster.namespaces) {
      for (const traffic of allow) named(namespaceName).allow(between(traffic, named));
    }
    for (const team of inCluster.teams ?? []) {
      new Team(this, `Team-${team.teamName}`, { ...team, cluster, namespaces: team.namespaces.map(named) });
    }

    const releases = new Map<string, HelmRelease>();
    for (const { name, releaseName = name, after = [], ...options } of inOrder(inCluster.releases)) {
      const namespace = namespaces.get(options.namespace) ?? this.systemNamespace(options.namespace, kubernetesVersion);
      const before = after.map((each) => find(releases, each));
      const props = { ...options, releaseName, namespace, after: before, removal };
      releases.set(`${options.namespace}/${name}`, new HelmRelease(namespace, `Release-${name}`, props));
    }
  }

  /** A namespace of Kubernetes itself, which enforces nothing. The records are checked before: a release there says why. */
  private systemNamespace(namespaceName: string, kubernetesVersion: string): INamespace {
    const id = `Namespace-${namespaceName}`;
    const known = this.node.tryFindChild(id) as INamespace | undefined;
    return known ?? Namespace.fromName(this, id, { namespaceName, kubernetesVersion, podSecurityLevel: "privileged" });
  }
}

/** The traffic of a record, with the namespaces themselves. */
function between(traffic: TrafficConfig, named: (name: string) => INamespace): Traffic<INamespace> {
  const peer = <P>(end: P) =>
    typeof end === "object" && end && "namespace" in end ? named(String(end.namespace)) : end;
  if (traffic.within) return traffic;
  const ends = traffic.to ? { to: peer(traffic.to) } : { from: peer(traffic.from) };
  return { ...traffic, ...ends } as Traffic<INamespace>;
}

/** The records are checked before: what they name is there. */
function find<T>(known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name);
  if (!found) throw new Error(`${name} is not there`);
  return found;
}
