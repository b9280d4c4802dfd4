import type { Faults } from "../core/faults";

/**
 * Adds what is wrong with a cluster's name. It stands in names, addresses and commands, so it must be known at synth.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export function checkClusterName(faults: Faults, property: string, clusterName: string): void {
  faults
    .literal(property, clusterName)
    .matches(
      property,
      clusterName,
      /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
      "must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit",
    );
}
