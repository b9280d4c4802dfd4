import { join } from "node:path";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { awsProvider } from "../../lib/core/aws-provider";
import { applyTags } from "../../lib/core/tags";
import { Cluster } from "../../lib/eks/cluster";
import { HelmRelease } from "../../lib/helm/helm-release";
import { Namespace } from "../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { APPLICATIONS, type Application, TEAMS } from "./applications";

const account = { accountId: "111122223333", region: "eu-west-3" };
/** The cluster must let it in: `access` of the environment. */
const roleArn = "arn:aws:iam::111122223333:role/platform-deploy";
const kubernetesVersion = "1.35";
const chart = { path: join(__dirname, "chart") };

/** Four teams with five applications each, on a cluster that is there already. */
export function applicationsStack(app: App, applications: readonly Application[] = APPLICATIONS): TerraformStack {
  const stack = new TerraformStack(app, "applications");
  new LocalBackend(stack, { path: "applications.tfstate" });
  awsProvider(stack, "Aws", { account, roleArn });
  applyTags(stack, { Team: "platform", ManagedBy: "terraform" });

  const found = new DataAwsEksCluster(stack, "Found", { name: "staging" });
  const cluster = Cluster.fromClusterAttributes(stack, "Cluster", {
    account,
    clusterName: "staging",
    clusterArn: found.arn,
    clusterEndpoint: found.endpoint,
    clusterCertificateAuthorityData: found.certificateAuthority.get(0).data,
    clusterSecurityGroupId: found.vpcConfig.get(0).clusterSecurityGroupId,
    oidcIssuer: found.identity.get(0).oidc.get(0).issuer,
    kubernetesVersion,
  });
  new ClusterProviders(stack, "Providers", { cluster, roleArn });

  const network = { loadBalancerCidrBlocks: ["10.0.101.0/24", "10.0.102.0/24", "10.0.103.0/24"] };
  const namespaces = new Map(
    TEAMS.map((namespaceName) => [
      namespaceName,
      new Namespace(stack, `Namespace-${namespaceName}`, {
        namespaceName,
        kubernetesVersion,
        network,
        removal: "destroy",
      }),
    ]),
  );
  for (const { name, team, values, allow = [] } of applications) {
    const namespace = namespaces.get(team);
    if (!namespace) throw new Error(`${name}: there is no team ${team}`);
    for (const traffic of allow) namespace.allow({ ...traffic, pods: { "app.kubernetes.io/name": name } });
    new HelmRelease(namespace, `Release-${name}`, {
      releaseName: name,
      namespace,
      chart,
      values: { ...values, team },
      removal: "destroy",
    });
  }
  return stack;
}
