import type { AwsEnvironmentConfig, InClusterConfig, InClusterOff } from "./environment-config";

/**
 * Names of environments that are synthesised without their in-cluster part, separated by commas: for machines where Terraform cannot
 * get the helm and kubernetes providers. Where an environment is deployed whole, a plan with it fails: the state holds what is in the
 * cluster, and the stack has no login for it.
 */
export const IN_CLUSTER_OFF_VARIABLE = "EKS_PLATFORM_IN_CLUSTER_OFF";

export function isOff(inCluster: InClusterConfig | InClusterOff): inCluster is InClusterOff {
  return "off" in inCluster;
}

/** What is installed in the environment's cluster; undefined if its in-cluster part is off, by the record or by the variable. */
export function inClusterPart(
  { name, inCluster }: AwsEnvironmentConfig,
  variables: Readonly<Record<string, string | undefined>>,
): InClusterConfig | undefined {
  const off = (variables[IN_CLUSTER_OFF_VARIABLE] ?? "").split(",").map((each) => each.trim());
  return isOff(inCluster) || off.includes(name) ? undefined : inCluster;
}
