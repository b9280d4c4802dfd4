import type { ClusterNetwork } from "../kubernetes/cluster-network";
import { networkOf } from "../kubernetes/network-of";
import { planSubnets } from "../vpc/plan-subnets";
import type { AwsEnvironmentConfig } from "./environment-config";

/**
 * What traffic named by its purpose means in an environment, as far as its record says it. Load balancers are those of the public tier: a range
 * where pods live too would open a namespace to all of them.
 */
export function clusterTraffic({
  network,
  cluster,
}: Pick<AwsEnvironmentConfig, "network" | "cluster">): Omit<ClusterNetwork, "nodeSecurityGroupId"> {
  const { subnetGroup = "control-plane", serviceCidrBlock, autoMode } = cluster;
  const zones = new Set(cluster.availabilityZones);
  const subnetsOf = (name: string) => planSubnets(network).filter(({ group }) => group === name);
  return networkOf({
    vpcCidrBlocks: cidrBlocksOf(network),
    controlPlaneSubnets: subnetsOf(subnetGroup).filter(({ availabilityZone }) => zones.has(availabilityZone)),
    loadBalancerSubnets: subnetsOf("public"),
    serviceCidrBlock,
    autoMode: autoMode !== undefined,
  });
}

/** The VPC's own ranges: the primary one, then the others. */
export function cidrBlocksOf({ cidrBlock, secondaryCidrBlocks = {} }: AwsEnvironmentConfig["network"]): string[] {
  return [cidrBlock, ...Object.values(secondaryCidrBlocks).map((block) => block.cidrBlock)];
}
