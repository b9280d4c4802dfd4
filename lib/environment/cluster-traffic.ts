import { DEFAULT_SERVICE_CIDR_BLOCK } from "../eks/cluster-interface";
import { type ClusterNetwork, serviceAddresses } from "../kubernetes/cluster-network";
import { planSubnets } from "../vpc/plan-subnets";
import type { AwsEnvironmentConfig } from "./environment-config";

/**
 * What traffic named by its purpose means in an environment, as far as its record says it. Load balancers are those of the public tier: a range
 * where pods live too would open a namespace to all of them.
 */
export function clusterTraffic(
  config: Pick<AwsEnvironmentConfig, "network" | "cluster">,
): Omit<ClusterNetwork, "nodeSecurityGroupId"> {
  const { network, cluster } = config;
  const plan = planSubnets(network);
  const rangesOf = (group: string) => plan.filter((subnet) => subnet.group === group).map(({ cidrBlock }) => cidrBlock);
  const services = serviceAddresses(cluster.serviceCidrBlock ?? DEFAULT_SERVICE_CIDR_BLOCK);
  const zones = new Set(cluster.availabilityZones);
  const controlPlane = plan
    .filter(
      ({ group, availabilityZone }) =>
        group === (cluster.subnetGroup ?? "control-plane") && zones.has(availabilityZone),
    )
    .map(({ cidrBlock }) => cidrBlock);
  const loadBalancers = rangesOf("public");
  return {
    kubernetesApiCidrBlocks: [...controlPlane, ...(services ? [`${services.kubernetesApi}/32`] : [])],
    loadBalancerCidrBlocks: loadBalancers.length > 0 ? loadBalancers : undefined,
    vpcCidrBlocks: cidrBlocksOf(network),
    dnsAddress: cluster.autoMode ? services?.dns : undefined,
  };
}

/** The VPC's own ranges: the primary one, then the others. */
export function cidrBlocksOf({ cidrBlock, secondaryCidrBlocks = {} }: AwsEnvironmentConfig["network"]): string[] {
  return [cidrBlock, ...Object.values(secondaryCidrBlocks).map((block) => block.cidrBlock)];
}
