import type { App } from "cdktf";
import { awsEnvironments } from "../lib/environment/aws-environments";
import type { EnvironmentConfig, PlatformConfig } from "../lib/environment/environment-config";
import { checkOffNames, inClusterPart } from "../lib/environment/in-cluster";
import { validatePlatform } from "../lib/environment/validate-platform";
import { type StateLocation, stateLocation } from "../lib/state/state-location";
import { BootstrapStack } from "./bootstrap-stack";
import { EnvironmentStack } from "./environment-stack";
import { KubeconfigStack } from "./kubeconfig-stack";
import { RegistryStack } from "./registry-stack";

/**
 * Adds a stack for each state store, each registry and each environment.
 *
 * @throws {ValidationError} with every fault of every record, or if the variable that leaves in-cluster parts out names none of them
 */
export function addPlatform(app: App, platform: PlatformConfig): void {
  validatePlatform(platform);
  checkOffNames(awsEnvironments(platform), process.env);
  const locations = new Map(
    platform.stateStores.map((store) => [store.id, stateLocation(store.account, store.prefix)]),
  );
  for (const config of platform.stateStores) new BootstrapStack(app, config);
  for (const config of platform.registries ?? []) {
    new RegistryStack(app, { config, state: find(locations, config.state.store) });
  }
  for (const config of platform.environments) addEnvironment(app, config, locations);
}

function addEnvironment(app: App, config: EnvironmentConfig, locations: ReadonlyMap<string, StateLocation>): void {
  if (config.kind === "aws") {
    const inCluster = inClusterPart(config, process.env);
    new EnvironmentStack(app, { config, state: find(locations, config.state.store), inCluster });
    return;
  }
  const stored = config.state && "store" in config.state ? config.state.store : undefined;
  new KubeconfigStack(app, { config, state: stored === undefined ? undefined : find(locations, stored) });
}

/** The records are checked before: what they name is there. */
function find(locations: ReadonlyMap<string, StateLocation>, store: string): StateLocation {
  const found = locations.get(store);
  if (!found) throw new Error(`${store} is not there`);
  return found;
}
