import { App, LocalBackend, TerraformStack } from "cdktf";
import type * as Library from "../../lib";

/** A program beside the packed library: a namespace and a release in it, on a cluster that was made elsewhere. */
const { Cluster, ClusterProviders, HelmRelease, Namespace } = require("cdktf-eks-platform") as typeof Library;

const kubernetesVersion = "1.35";
const app = new App();
const stack = new TerraformStack(app, "consumer");
new LocalBackend(stack, { path: "consumer.tfstate" });
const cluster = Cluster.fromClusterAttributes(stack, "Cluster", {
  account: { accountId: "111122223333", region: "eu-west-3" },
  clusterName: "staging",
  clusterArn: "arn:aws:eks:eu-west-3:111122223333:cluster/staging",
  clusterEndpoint: "https://staging.example.com",
  clusterCertificateAuthorityData: "ZXhhbXBsZQ==",
  clusterSecurityGroupId: "sg-0123456789abcdef0",
  oidcIssuer: "https://oidc.example.com/id/staging",
  kubernetesVersion,
});
new ClusterProviders(stack, "Providers", { cluster });
new HelmRelease(stack, "PlatformInfo", {
  releaseName: "platform-info",
  namespace: new Namespace(stack, "Genomics", { namespaceName: "genomics", kubernetesVersion }),
  chart: { path: "charts/platform-info" },
  values: { info: { environment: "staging" } },
});
app.synth();
