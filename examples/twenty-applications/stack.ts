import { join } from "node:path";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { awsProvider } from "../../lib/core/aws-provider";
import { applyTags } from "../../lib/core/tags";
import { Cluster } from "../../lib/eks/cluster";
import type { ICluster } from "../../lib/eks/cluster-interface";
import { HelmRelease } from "../../lib/helm/helm-release";
import type { ClusterNetwork } from "../../lib/kubernetes/cluster-network";
import type { Kubeconfig } from "../../lib/kubernetes/kubeconfig";
import { Namespace } from "../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { APPLICATIONS, type Application } from "./applications";

const account = { accountId: "111122223333", region: "eu-west-3" };
/** The cluster must let it in: `access` of the environment. */
const roleArn = "arn:aws:iam::111122223333:role/platform-deploy";
const kubernetesVersion = "1.35";
const chart = { path: join(__dirname, "chart") };

/** Load balancers of the cluster in EKS stand in these subnets. */
export const EKS_NETWORK: ClusterNetwork = {
  loadBalancerCidrBlocks: ["10.0.101.0/24", "10.0.102.0/24", "10.0.103.0/24"],
};

/** A cluster that is not in EKS. */
export interface OtherCluster {
  readonly kubeconfig: Kubeconfig;
  readonly network: ClusterNetwork;
}

/** Four teams with five applications each, on a cluster that is there already: the one in EKS, or another by its kubeconfig. */
export function applicationsStack(
  app: App,
  applications: readonly Application[] = APPLICATIONS,
  other?: OtherCluster,
): TerraformStack {
  const stack = new TerraformStack(app, "applications");
  new LocalBackend(stack, { path: "applications.tfstate" });
  const login = other ? { kubeconfig: other.kubeconfig } : { cluster: clusterInEks(stack), roleArn };
  new ClusterProviders(stack, "Providers", login);

  const network = other?.network ?? EKS_NETWORK;
  for (const team of new Set(applications.map((application) => application.team))) {
    const namespace = new Namespace(stack, `Namespace-${team}`, {
      namespaceName: team,
      kubernetesVersion,
      network,
      removal: "destroy",
    });
    for (const application of applications) if (application.team === team) addApplication(namespace, application);
  }
  return stack;
}

function addApplication(namespace: Namespace, { name, team, values, allow = [] }: Application): void {
  for (const traffic of allow) namespace.allow({ ...traffic, pods: { "app.kubernetes.io/name": name } });
  new HelmRelease(namespace, `Release-${name}`, {
    releaseName: name,
    namespace,
    chart,
    values: { ...values, team },
    removal: "destroy",
  });
}

function clusterInEks(stack: TerraformStack): ICluster {
  awsProvider(stack, "Aws", { account, roleArn });
  applyTags(stack, { Team: "platform", ManagedBy: "terraform" });
  const found = new DataAwsEksCluster(stack, "Found", { name: "staging" });
  return Cluster.fromClusterAttributes(stack, "Cluster", {
    account,
    clusterName: "staging",
    clusterArn: found.arn,
    clusterEndpoint: found.endpoint,
    clusterCertificateAuthorityData: found.certificateAuthority.get(0).data,
    clusterSecurityGroupId: found.vpcConfig.get(0).clusterSecurityGroupId,
    oidcIssuer: found.identity.get(0).oidc.get(0).issuer,
    kubernetesVersion,
  });
}
