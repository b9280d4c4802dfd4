import { platform } from "../stacks/environments";

const [store] = platform.stateStores;
const staging = platform.environments.find(({ name }) => name === "staging");
if (!store || !staging) throw new Error("stacks/environments.ts must describe a state store and staging");

/** What the engines stand in for: the account, region and cluster of staging, as the repository describes them. */
export const settings = {
  accountId: staging.account.accountId,
  region: staging.account.region,
  regions: [staging.account.region, store.copyRegion],
  clusterName: staging.cluster.clusterName,
  bootstrapStack: store.id,
};
