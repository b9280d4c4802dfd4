import { randomBytes } from "node:crypto";
import { awsEnvironments } from "../lib/environment/aws-environments";
import { isOff } from "../lib/environment/in-cluster";
import type { InClusterConfig } from "../lib/environment/in-cluster-config";
import { platform } from "../stacks/environments";

const [store] = platform.stateStores;
const staging = awsEnvironments(platform).find(({ name }) => name === "staging");
if (!store || !staging) throw new Error("stacks/environments.ts must describe a state store and staging");

/** What the engines stand in for: the account, region and cluster of staging, as the repository describes them. */
export const settings = {
  accountId: staging.account.accountId,
  region: staging.account.region,
  regions: [staging.account.region, store.copyRegion],
  clusterName: staging.cluster.clusterName,
  bootstrapStack: store.id,
  variables: isOff(staging.inCluster) ? {} : secretVariables(staging.inCluster),
};

/** A made-up value for every secret that a stack wants to be given. */
export function secretVariables({ secrets = [], applications = [] }: InClusterConfig): Record<string, string> {
  const names = [
    ...secrets.flatMap(({ variables }) => Object.values(variables)),
    ...applications.flatMap(({ database }) =>
      database && "variable" in database.password ? [database.password.variable] : [],
    ),
  ];
  return Object.fromEntries(names.map((name) => [`TF_VAR_${name}`, randomBytes(16).toString("hex")]));
}
