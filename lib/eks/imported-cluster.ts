import { Construct } from "constructs";
import type { AwsAccount } from "../core/account";
import { Faults } from "../core/faults";
import type { ICluster } from "./cluster-interface";

/** What is known of a cluster that was made elsewhere. */
export interface ClusterAttributes {
  readonly account: AwsAccount;
  /** Known at synth. */
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  /** Base64, as EKS gives it. */
  readonly clusterCertificateAuthorityData: string;
  readonly clusterSecurityGroupId: string;
  readonly oidcIssuer: string;
  readonly kubernetesVersion: string;
}

/** @see Cluster.fromClusterAttributes */
export class ImportedCluster extends Construct implements ICluster {
  readonly account: AwsAccount;
  readonly clusterName: string;
  readonly clusterRef: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  readonly clusterCertificateAuthorityData: string;
  readonly clusterSecurityGroupId: string;
  readonly oidcIssuer: string;
  readonly kubernetesVersion: string;

  constructor(scope: Construct, id: string, attributes: ClusterAttributes) {
    super(scope, id);
    new Faults(this.node.path)
      .literal("clusterName", attributes.clusterName)
      .literal("kubernetesVersion", attributes.kubernetesVersion)
      .throwIfAny();
    this.account = attributes.account;
    this.clusterName = attributes.clusterName;
    this.clusterRef = attributes.clusterName;
    this.clusterArn = attributes.clusterArn;
    this.clusterEndpoint = attributes.clusterEndpoint;
    this.clusterCertificateAuthorityData = attributes.clusterCertificateAuthorityData;
    this.clusterSecurityGroupId = attributes.clusterSecurityGroupId;
    this.oidcIssuer = attributes.oidcIssuer;
    this.kubernetesVersion = attributes.kubernetesVersion;
  }
}
