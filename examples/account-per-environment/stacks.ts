import type { App } from "cdktf";
import { inClusterPart } from "../../lib/environment/in-cluster";
import { validatePlatform } from "../../lib/environment/validate-platform";
import { stateLocation } from "../../lib/state/state-location";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { AccountStack } from "./account-stack";
import { checkDeliveries } from "./check-deliveries";
import { DeliveryStack } from "./delivery-stack";
import { deliveries, store } from "./environments";

/** One state store, the roles of the pipelines, and for each environment the stack of its account and its own. */
export function addStacks(app: App, variables: NodeJS.ProcessEnv = process.env): void {
  const environments = deliveries.map(({ config }) => config);
  const preparedAccounts = environments.map(({ account }) => account.accountId);
  validatePlatform({ stateStores: [store], preparedAccounts, environments });
  checkDeliveries(store.account, deliveries);

  const state = stateLocation(store.account, store.prefix);
  new BootstrapStack(app, store);
  new DeliveryStack(app, store, deliveries);
  for (const delivery of deliveries) {
    const { config } = delivery;
    new AccountStack(app, delivery, state);
    new EnvironmentStack(app, { config, state, inCluster: inClusterPart(config, variables) });
  }
}
