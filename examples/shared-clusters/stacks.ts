import type { App } from "cdktf";
import { contractOf } from "../../lib/environment/contract-of";
import { stateLocation } from "../../lib/state/state-location";
import { addPlatform } from "../../stacks/platform";
import { EnvironmentStack } from "./environment-stack";
import { type Clusters, clusters, ENVIRONMENTS, recordName } from "./environments";

/** A stack for each cluster and one for each environment. From the one to the other goes a contract, and no reference. */
export function addStacks(app: App, platform: Clusters = clusters): EnvironmentStack[] {
  addPlatform(app, platform);
  return ENVIRONMENTS.flatMap((environment) => {
    const record = platform.environments.find(({ name }) => name === recordName(environment.cluster));
    const store = platform.stateStores.find(({ id }) => id === record?.state.store);
    if (!record || !store) return [];
    const contract = contractOf(record, environment.name, stateLocation(store.account, store.prefix));
    return new EnvironmentStack(app, { environment, contract });
  });
}
