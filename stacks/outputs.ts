import { TerraformOutput, type TerraformStack } from "cdktf";
import type { ICluster } from "../lib/eks/cluster-interface";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import type { IKey } from "../lib/kms/key";
import { DEFAULT_TIERS } from "../lib/vpc/plan-subnets";
import type { Vpc } from "../lib/vpc/vpc";

export interface EnvironmentOutputsProps {
  readonly config: AwsEnvironmentConfig;
  readonly vpc: Vpc;
  readonly cluster: ICluster;
  readonly secretsKey: IKey;
  readonly dataKey: IKey;
}

/** What people and other stacks need to know of an environment. Nothing here is secret. */
export function environmentOutputs(stack: TerraformStack, props: EnvironmentOutputsProps): void {
  const { config, vpc, cluster } = props;
  const { region } = config.account;
  const output = (id: string, description: string, value: unknown) =>
    new TerraformOutput(stack, id, { description, value });

  output("cluster_name", "Name of the cluster", cluster.clusterRef);
  output("cluster_arn", "ARN of the cluster", cluster.clusterArn);
  output("cluster_endpoint", "Address of the Kubernetes API", cluster.clusterEndpoint);
  output("cluster_security_group_id", "Security group of nodes and control plane", cluster.clusterSecurityGroupId);
  output("oidc_issuer", "Issuer of service account tokens", cluster.oidcIssuer);
  output(
    "update_kubeconfig",
    "What comes next: kubectl for this cluster",
    `aws eks update-kubeconfig --region ${region} --name ${cluster.clusterName}`,
  );
  output("region", "Region of everything", region);
  output("vpc_id", "The VPC", vpc.vpcId);
  output("route_table_ids", "Route tables by name: routes to other networks belong here", vpc.routeTableIds);
  for (const tier of config.network.tiers ?? DEFAULT_TIERS) {
    const subnets = vpc.subnets(tier).map((subnet) => [subnet.availabilityZone, subnet.subnetId] as const);
    output(
      `${tier.replaceAll("-", "_")}_subnet_ids`,
      `Subnets of the tier ${tier}, by zone`,
      Object.fromEntries(subnets),
    );
  }
  output("secrets_key_arn", "Key of Kubernetes secrets", props.secretsKey.keyArn);
  output("data_key_arn", "Key of logs and volumes", props.dataKey.keyArn);
}
