import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "../../lib/core/aws-provider";
import { applyTags } from "../../lib/core/tags";
import { AccessEntry } from "../../lib/eks/access-entry";
import { Addons } from "../../lib/eks/addons";
import { Cluster } from "../../lib/eks/cluster";
import { clusterLogGroupName } from "../../lib/eks/cluster-interface";
import { NodeGroup } from "../../lib/eks/node-group";
import { HelmRelease } from "../../lib/helm/helm-release";
import { Key } from "../../lib/kms/key";
import { Namespace } from "../../lib/kubernetes/namespace";
import { networkOf } from "../../lib/kubernetes/network-of";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { ReadinessGate } from "../../lib/kubernetes/readiness-gate";
import { StorageClass } from "../../lib/kubernetes/storage-class";
import { Team } from "../../lib/kubernetes/team";
import { useOtherState } from "../../lib/state/other-state";
import type { VpcAttributes } from "../../lib/vpc/imported-vpc";
import { Vpc } from "../../lib/vpc/vpc";
import type { IVpc } from "../../lib/vpc/vpc-interface";

const account = { accountId: "111122223333", region: "eu-west-3" };
const roleArn = "arn:aws:iam::111122223333:role/ResearchDeploy";
const availabilityZones = ["eu-west-3a", "eu-west-3b"];
const kubernetesVersion = "1.35";
const removal = "destroy";

/** It is there already, as the VPC is. */
export const STATE_BUCKET = "research-terraform-111122223333";

const ADDONS = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "kube-proxy": "v1.35.3-eksbuild.29",
  coredns: "v1.13.2-eksbuild.31",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
};

export interface ResearchPlatformProps {
  /** The VPC that is there. */
  readonly network: VpcAttributes;
  /** @default "research" */
  readonly clusterName?: string;
  /**
   * Whether anything is installed in the cluster.
   *
   * @default true
   */
  readonly inCluster?: boolean;
}

/** A platform of one's own: a cluster with nodes in a VPC that is there, a team, and a release. */
export class ResearchPlatform extends TerraformStack {
  constructor(scope: Construct, id: string, props: ResearchPlatformProps) {
    super(scope, id);
    const { network, clusterName = "research", inCluster = true } = props;
    useOtherState(this, {
      backend: "s3",
      arguments: {
        bucket: STATE_BUCKET,
        key: `${id}.tfstate`,
        region: account.region,
        encrypt: true,
        use_lockfile: true,
      },
    });
    awsProvider(this, "Aws", { account, roleArn });
    // `Team` says whose a Pod Identity association is: what has none, a team with a contract could take over.
    applyTags(this, { Team: "research-it", "cost-centre": "4711" });

    const vpc = Vpc.fromVpcAttributes(this, "Vpc", network);
    const cluster = this.makeCluster(vpc, clusterName);
    if (inCluster) this.install(vpc, cluster);
  }

  private makeCluster(vpc: IVpc, clusterName: string): Cluster {
    const secretsKey = new Key(this, "SecretsKey", {
      account,
      alias: `${clusterName}/secrets`,
      description: `Kubernetes secrets of ${clusterName}`,
      removal,
    });
    const dataKey = new Key(this, "DataKey", {
      account,
      alias: `${clusterName}/data`,
      description: `Logs and node volumes of ${clusterName}`,
      logGroups: [clusterLogGroupName(clusterName)],
      autoScaling: true,
      removal,
    });
    const cluster = new Cluster(this, "Cluster", {
      account,
      clusterName,
      kubernetesVersion,
      vpc,
      availabilityZones,
      subnetGroup: "private-with-egress",
      secretsEncryptionKey: secretsKey,
      logs: { encryptionKey: dataKey },
      endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
      removal,
    });
    const addons = { cluster, versions: ADDONS };
    const first = new Addons(this, "NodeAddons", { ...addons, order: "before-nodes" });
    const nodes = new NodeGroup(this, "Nodes", {
      cluster,
      vpc,
      nodeGroupName: "general",
      availabilityZones,
      instanceTypes: ["m5.large"],
      scaling: { min: 2, desired: 2, max: 6 },
      releaseVersion: "1.35.8-20260930",
      volumeEncryptionKey: dataKey,
      after: first.dependables,
    });
    new Addons(this, "Addons", { ...addons, order: "after-nodes", after: [nodes.resource] });
    new AccessEntry(this, "Deploy", {
      cluster,
      principalArn: roleArn,
      policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
    });
    return cluster;
  }

  private install(vpc: IVpc, cluster: Cluster): void {
    new ClusterProviders(this, "Providers", { cluster, roleArn });
    new ReadinessGate(this, "Ready", { cluster, roleArn });
    new StorageClass(this, "Volumes", {
      className: "gp3",
      isDefaultClass: true,
      provisioner: "ebs.csi.aws.com",
      removal,
    });
    const assays = new Namespace(this, "Assays", {
      namespaceName: "assays",
      kubernetesVersion,
      network: networkOf({
        vpcCidrBlocks: vpc.cidrBlocks,
        controlPlaneSubnets: vpc.subnets("private-with-egress", availabilityZones),
        loadBalancerSubnets: vpc.subnets("public"),
        nodeSecurityGroupId: cluster.clusterSecurityGroupId,
      }),
      removal,
    });
    assays.allow({ from: "load-balancer", ports: [8000] });
    assays.allow({ to: "vpc-endpoints" });
    new Team(this, "Biology", {
      teamName: "biology",
      cluster,
      namespaces: [assays],
      members: [{ principalArn: "arn:aws:iam::111122223333:role/BiologyDeveloper", role: "edit" }],
    });
    new HelmRelease(assays, "Info", {
      releaseName: "platform-info",
      namespace: assays,
      chart: { path: join(__dirname, "../../charts/platform-info") },
      values: { info: { owner: "research-it", region: account.region } },
      removal,
    });
  }
}
