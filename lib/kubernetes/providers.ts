import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { ICluster } from "../eks/cluster-interface";
import { checkKubeconfig, type Kubeconfig, pathInStack } from "./kubeconfig";
import { refuseManifests } from "./refuse-manifests";

/** Which cluster: one of EKS, or any other by kubeconfig. */
export type ClusterProvidersProps = EksLogin | { readonly kubeconfig: Kubeconfig };

/** Login to an EKS cluster with a role in AWS. */
export interface EksLogin {
  readonly cluster: ICluster;
  /**
   * Role that logs in to the cluster; it needs an access entry.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
}

/**
 * The kubernetes and helm providers of a stack, bound to one cluster. To EKS they log in anew for every call through `aws eks get-token`, so
 * a long apply never meets an expired token, and no token is kept anywhere; the machine needs the AWS CLI. With a kubeconfig they log in
 * as the file says, and nothing of AWS is needed.
 *
 * @throws {ValidationError} if the cluster's name is not known at synth, or path or context of a kubeconfig are empty, or the path is not one file
 */
export class ClusterProviders extends Construct {
  constructor(scope: Construct, id: string, props: ClusterProvidersProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    if ("kubeconfig" in props) checkKubeconfig(faults, props.kubeconfig, (name) => `kubeconfig.${name}`);
    else faults.literal("cluster.clusterName", props.cluster.clusterName);
    faults.throwIfAny();
    if ("kubeconfig" in props) {
      const connection = { configPath: pathInStack(props.kubeconfig, this), configContext: props.kubeconfig.context };
      new KubernetesProvider(this, "Kubernetes", connection);
      new HelmProvider(this, "Helm", { kubernetes: connection });
    } else {
      const { connection, exec } = eksConnection(props);
      new KubernetesProvider(this, "Kubernetes", { ...connection, exec: [exec] });
      new HelmProvider(this, "Helm", { kubernetes: { ...connection, exec } });
    }
    refuseManifests(this);
  }
}

function eksConnection({ cluster, roleArn }: EksLogin) {
  return {
    connection: {
      host: cluster.clusterEndpoint,
      clusterCaCertificate: Fn.base64decode(cluster.clusterCertificateAuthorityData),
    },
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: getTokenArguments(cluster, roleArn),
    },
  };
}

/** Arguments of `aws` that print a token for a cluster. */
export function getTokenArguments({ clusterName, account }: ICluster, roleArn?: string): string[] {
  const role = roleArn ? ["--role-arn", roleArn] : [];
  return ["eks", "get-token", "--output", "json", "--cluster-name", clusterName, "--region", account.region, ...role];
}
