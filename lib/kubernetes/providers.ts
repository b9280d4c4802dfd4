import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { ICluster } from "../eks/cluster-interface";
import { refuseManifests } from "./refuse-manifests";

export interface ClusterProvidersProps {
  readonly cluster: ICluster;
  /**
   * Role that logs in to the cluster; it needs an access entry.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
}

/**
 * The kubernetes and helm providers of a stack, bound to one cluster. They log in anew for every call through `aws eks get-token`, so
 * a long apply never meets an expired token, and no token is kept anywhere. The machine needs the AWS CLI.
 *
 * @throws {ValidationError} if the cluster's name is not known at synth
 */
export class ClusterProviders extends Construct {
  constructor(scope: Construct, id: string, { cluster, roleArn }: ClusterProvidersProps) {
    super(scope, id);
    new Faults(this.node.path).literal("cluster.clusterName", cluster.clusterName).throwIfAny();
    const connection = {
      host: cluster.clusterEndpoint,
      clusterCaCertificate: Fn.base64decode(cluster.clusterCertificateAuthorityData),
    };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: getTokenArguments(cluster, roleArn),
    };
    new KubernetesProvider(this, "Kubernetes", { ...connection, exec: [exec] });
    new HelmProvider(this, "Helm", { kubernetes: { ...connection, exec } });
    refuseManifests(this);
  }
}

/** Arguments of `aws` that print a token for a cluster. */
export function getTokenArguments({ clusterName, account }: ICluster, roleArn?: string): string[] {
  const role = roleArn ? ["--role-arn", roleArn] : [];
  return ["eks", "get-token", "--output", "json", "--cluster-name", clusterName, "--region", account.region, ...role];
}
