import type { App } from "cdktf";
import type { PlatformConfig } from "../lib/environment/environment-config";
import { inClusterPart } from "../lib/environment/in-cluster";
import { validatePlatform } from "../lib/environment/validate-platform";
import { type StateLocation, stateLocation } from "../lib/state/state-location";
import { BootstrapStack } from "./bootstrap-stack";
import { EnvironmentStack } from "./environment-stack";

/**
 * Adds a stack for each state store and each environment.
 *
 * @throws {ValidationError} with every fault of every record
 */
export function addPlatform(app: App, platform: PlatformConfig): void {
  validatePlatform(platform);
  const stores = new Map<string, StateLocation>();
  for (const config of platform.stateStores) {
    new BootstrapStack(app, config);
    stores.set(config.id, stateLocation(config.account, config.prefix));
  }
  for (const config of platform.environments) {
    const state = stores.get(config.state.store);
    if (state) new EnvironmentStack(app, { config, state, inCluster: inClusterPart(config, process.env) });
  }
}
