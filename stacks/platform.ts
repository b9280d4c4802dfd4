import type { App } from "cdktf";
import type { PlatformConfig } from "../lib/environment/environment-config";
import { inClusterPart } from "../lib/environment/in-cluster";
import { validatePlatform } from "../lib/environment/validate-platform";
import { stateLocation } from "../lib/state/state-location";
import { BootstrapStack } from "./bootstrap-stack";
import { EnvironmentStack } from "./environment-stack";

/**
 * Adds a stack for each state store and each environment.
 *
 * @throws {ValidationError} with every fault of every record
 */
export function addPlatform(app: App, platform: PlatformConfig): void {
  validatePlatform(platform);
  for (const config of platform.stateStores) new BootstrapStack(app, config);
  for (const config of platform.environments) {
    for (const { account, prefix } of platform.stateStores.filter(({ id }) => id === config.state.store)) {
      const inCluster = inClusterPart(config, process.env);
      new EnvironmentStack(app, { config, state: stateLocation(account, prefix), inCluster });
    }
  }
}
