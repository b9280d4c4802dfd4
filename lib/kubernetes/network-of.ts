import { ValidationError } from "../core/validation-error";
import { DEFAULT_SERVICE_CIDR_BLOCK } from "../eks/cluster-interface";
import { type ClusterNetwork, serviceAddresses } from "./cluster-network";

/** A subnet, made here, planned, or brought in. */
interface SubnetRange {
  readonly cidrBlock: string;
}

/** The parts of a VPC and of a cluster in it that traffic depends on. */
export interface NetworkParts {
  /** Every range of the VPC: `vpc.cidrBlocks`. */
  readonly vpcCidrBlocks: readonly string[];
  /**
   * Where the control plane's network interfaces stand: the cluster's `subnetGroup` in its zones. Where nodes stand there too,
   * "kubernetes-api" means every pod of these subnets as well.
   */
  readonly controlPlaneSubnets: readonly SubnetRange[];
  /**
   * Where load balancers stand, for example `vpc.subnets("public")`. Where pods stand there too, "load-balancer" means all of them.
   *
   * @default - none: "load-balancer" cannot be allowed
   */
  readonly loadBalancerSubnets?: readonly SubnetRange[];
  /**
   * Range of the cluster's Services.
   *
   * @default - the one of a `Cluster` that says nothing else, 172.20.0.0/16
   */
  readonly serviceCidrBlock?: string;
  /**
   * Whether the cluster is in EKS Auto Mode.
   *
   * @default false
   */
  readonly autoMode?: boolean;
  /**
   * Security group of the nodes: `cluster.clusterSecurityGroupId`.
   *
   * @default - a database with a security group cannot be allowed
   */
  readonly nodeSecurityGroupId?: string;
}

/**
 * What traffic named by its purpose means in a VPC: for `Namespace` and `Application`.
 *
 * @throws {ValidationError} if the range of the Services is none
 * @example
 * const network = networkOf({
 *   vpcCidrBlocks: vpc.cidrBlocks,
 *   controlPlaneSubnets: vpc.subnets("control-plane", zones),
 *   loadBalancerSubnets: vpc.subnets("public"),
 *   nodeSecurityGroupId: cluster.clusterSecurityGroupId,
 * });
 */
export function networkOf(parts: NetworkParts): ClusterNetwork {
  const { loadBalancerSubnets = [], autoMode = false, nodeSecurityGroupId } = parts;
  const { serviceCidrBlock = DEFAULT_SERVICE_CIDR_BLOCK } = parts;
  const services = serviceAddresses(serviceCidrBlock);
  if (!services) {
    const fault = { property: "serviceCidrBlock", rule: "must be an IPv4 range", value: serviceCidrBlock };
    throw new ValidationError("networkOf", [fault]);
  }
  return {
    kubernetesApiCidrBlocks: [...rangesOf(parts.controlPlaneSubnets), `${services.kubernetesApi}/32`],
    loadBalancerCidrBlocks: loadBalancerSubnets.length > 0 ? rangesOf(loadBalancerSubnets) : undefined,
    vpcCidrBlocks: [...parts.vpcCidrBlocks],
    dnsAddress: autoMode ? services.dns : undefined,
    // A contract has no such key.
    ...(nodeSecurityGroupId !== undefined && { nodeSecurityGroupId }),
  };
}

function rangesOf(subnets: readonly SubnetRange[]): string[] {
  return subnets.map(({ cidrBlock }) => cidrBlock);
}
