import type { Faults } from "../core/faults";
import type { AwsEnvironmentConfig } from "./environment-config";

const PROD_MIN_ZONES = 3;
const PROD_MIN_NODES = 2;

/** What holds for `prod` only: nothing that a lost zone or a wrong command can take away. */
export function checkProd(faults: Faults, config: AwsEnvironmentConfig, property: (name: string) => string): void {
  if (config.stage !== "prod") return;
  const { removal, network, cluster, nodeGroups } = config;
  faults
    .check(removal === "retain", property("removal"), 'must be "retain" in prod', removal)
    .check(
      network.availabilityZones.length >= PROD_MIN_ZONES,
      property("network.availabilityZones"),
      `must list at least ${PROD_MIN_ZONES} zones in prod`,
      network.availabilityZones,
    )
    .check(
      network.natGateways !== "single",
      property("network.natGateways"),
      'must not be "single" in prod',
      network.natGateways,
      'use "per-zone": with one gateway, one lost zone takes the way out from all',
    )
    .check(
      cluster.endpointAccess.every(({ via }) => via !== "public"),
      property("cluster.endpointAccess"),
      "must not be public in prod",
      "public",
    );
  for (const { nodeGroupName, scaling } of nodeGroups) {
    faults.check(
      scaling.min >= PROD_MIN_NODES,
      property(`nodeGroups.${nodeGroupName}.scaling.min`),
      `must be at least ${PROD_MIN_NODES} in prod`,
      scaling.min,
    );
  }
}
