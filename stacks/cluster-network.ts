import { DEFAULT_SERVICE_CIDR_BLOCK, type ICluster } from "../lib/eks/cluster-interface";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import { type ClusterNetwork, serviceAddresses } from "../lib/kubernetes/cluster-network";
import { planSubnets } from "../lib/vpc/plan-subnets";

/**
 * What traffic named by its purpose means in an environment. Load balancers are those of the public tier: a range where pods live too
 * would open a namespace to all of them.
 */
export function clusterNetwork(config: AwsEnvironmentConfig, cluster: ICluster): ClusterNetwork {
  const { network, cluster: clusterConfig } = config;
  const plan = planSubnets(network);
  const rangesOf = (group: string) => plan.filter((subnet) => subnet.group === group).map(({ cidrBlock }) => cidrBlock);
  const services = serviceAddresses(clusterConfig.serviceCidrBlock ?? DEFAULT_SERVICE_CIDR_BLOCK);
  const zones = new Set(clusterConfig.availabilityZones);
  const controlPlane = plan
    .filter(
      ({ group, availabilityZone }) =>
        group === (clusterConfig.subnetGroup ?? "control-plane") && zones.has(availabilityZone),
    )
    .map(({ cidrBlock }) => cidrBlock);
  const loadBalancers = rangesOf("public");
  return {
    kubernetesApiCidrBlocks: [...controlPlane, ...(services ? [`${services.kubernetesApi}/32`] : [])],
    loadBalancerCidrBlocks: loadBalancers.length > 0 ? loadBalancers : undefined,
    vpcCidrBlocks: [
      network.cidrBlock,
      ...Object.values(network.secondaryCidrBlocks ?? {}).map(({ cidrBlock }) => cidrBlock),
    ],
    nodeSecurityGroupId: cluster.clusterSecurityGroupId,
    dnsAddress: clusterConfig.autoMode ? services?.dns : undefined,
  };
}
