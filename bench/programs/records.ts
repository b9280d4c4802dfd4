import type { App } from "cdktf";
import { awsEnvironments } from "../../lib/environment/aws-environments";
import type { AwsEnvironmentConfig, StateStoreConfig } from "../../lib/environment/environment-config";
import { inClusterPart } from "../../lib/environment/in-cluster";
import { validatePlatform } from "../../lib/environment/validate-platform";
import { stateLocation } from "../../lib/state/state-location";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { platform } from "../../stacks/environments";

/** The record that everything is measured with. */
export function staging(): AwsEnvironmentConfig {
  const record = awsEnvironments(platform).find(({ name }) => name === "staging");
  if (!record) throw new Error("stacks/environments.ts has no environment staging");
  return record;
}

/** Copies of staging that could stand side by side: names, clusters and ranges of their own, subnets computed. */
export function copies(count: number): AwsEnvironmentConfig[] {
  if (!Number.isInteger(count) || count < 1 || count > 4096) throw new Error(`not a number of environments: ${count}`);
  return Array.from({ length: count }, (_, index) => copyOf(staging(), index));
}

/** Adds environments as `addPlatform` does, checks included, but without the bootstrap stack. */
export function addEnvironments(app: App, environments: readonly AwsEnvironmentConfig[]): void {
  validatePlatform({ ...platform, registries: [], environments });
  for (const config of environments) {
    const { account, prefix } = storeOf(config);
    const state = stateLocation(account, prefix);
    new EnvironmentStack(app, { config, state, inCluster: inClusterPart(config, {}) });
  }
}

/** The ranges are the /20 blocks of 10.0.0.0/8, one after the other. */
function copyOf(record: AwsEnvironmentConfig, index: number): AwsEnvironmentConfig {
  const name = `env-${String(index).padStart(4, "0")}`;
  const { subnetCidrBlocks: _given, ...network } = record.network;
  return {
    ...record,
    name,
    network: { ...network, cidrBlock: `10.${index >> 4}.${(index & 15) << 4}.0/20` },
    cluster: { ...record.cluster, clusterName: name },
  };
}

function storeOf({ name, state }: AwsEnvironmentConfig): StateStoreConfig {
  const store = platform.stateStores.find(({ id }) => id === state.store);
  if (!store) throw new Error(`${name} has no state store`);
  return store;
}
