import type { IConstruct } from "constructs";
import type { AwsAccount } from "../core/account";

/** An EKS cluster, made here or elsewhere. */
export interface ICluster extends IConstruct {
  readonly account: AwsAccount;
  /** Known at synth: it stands in names and in the command that logs in. */
  readonly clusterName: string;
  /** The name as the resource gives it: what uses it is made after the cluster, and destroyed before it. */
  readonly clusterRef: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  /** Base64, as EKS gives it. */
  readonly clusterCertificateAuthorityData: string;
  readonly clusterSecurityGroupId: string;
  /** URL of the issuer of service account tokens. */
  readonly oidcIssuer: string;
  readonly kubernetesVersion: string;
}

/** Range of the Services of a cluster that says nothing else. */
export const DEFAULT_SERVICE_CIDR_BLOCK = "172.20.0.0/16";

/** The log group that EKS writes the control plane's logs to; the key that encrypts it must let this group in. */
export function clusterLogGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}
