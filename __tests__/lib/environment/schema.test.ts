import type { AwsEnvironmentConfig, StateStoreConfig } from "../../../lib/environment/environment-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const FILE = "stacks/environments.ts";

/** A record as a JavaScript user, or a file, may hand it over: the compiler has not seen it. */
function fault(changes: Readonly<Record<string, unknown>>): string {
  const record = { ...environment, ...changes } as unknown as AwsEnvironmentConfig;
  return messageOf(() => validatePlatform({ stateStores: [store], environments: [record] }));
}

const [group] = environment.nodeGroups;

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  [
    "an unknown key",
    { regoin: "x" },
    `'test.regoin' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  [
    "an unknown key in the network",
    { network: { ...environment.network, cidr: "10.0.0.0/16" } },
    `'test.network.cidr' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  [
    "an unknown key in a node group's scaling",
    { nodeGroups: [{ ...group, scaling: { ...group?.scaling, size: 3 } }] },
    `'test.nodeGroups.0.scaling.size' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  [
    "an unknown key beside what is installed",
    { inCluster: { namespaces: [], releases: [], charts: [] } },
    `'test.inCluster.charts' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  [
    "an unknown key beside off",
    { inCluster: { off: "test", releases: [] } },
    `'test.inCluster.releases' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  ["a missing tag", { tags: { Team: "platform" } }, `'test.tags.CostCenter' must be given at ${FILE}`],
  ["a missing part", { nodeGroups: undefined }, `'test.nodeGroups' must be given at ${FILE}`],
  [
    "a missing number",
    { nodeGroups: [{ ...group, scaling: { min: 1, desired: 1 } }] },
    `'test.nodeGroups.0.scaling.max' must be given at ${FILE}`,
  ],
  [
    "a number as text",
    { nodeGroups: [{ ...group, volumeSizeGiB: "50" }] },
    `'test.nodeGroups.0.volumeSizeGiB' must be number, got "50" at ${FILE}`,
  ],
  [
    "a tag that is no text",
    { tags: { ...environment.tags, Build: 7 } },
    `'test.tags.Build' must be string, got 7 at ${FILE}`,
  ],
  ["an unknown stage", { stage: "qa" }, `'test.stage' must be ("dev" | "staging" | "prod"), got "qa" at ${FILE}`],
  ["an unknown kind", { kind: "gke" }, `'test.kind' must be ("aws" | "kubeconfig"), got "gke" at ${FILE}`],
  [
    "an unknown way to the endpoint",
    { cluster: { ...environment.cluster, endpointAccess: [{ via: "vpn", cidrBlocks: [] }] } },
    `'test.cluster.endpointAccess.0.via' must be ("route" | "runner" | "public"), got "vpn" at ${FILE}`,
  ],
  [
    "an unknown tier",
    { network: { ...environment.network, subnetCidrBlocks: { dmz: {} } } },
    `'test.network.subnetCidrBlocks.dmz' must be ("public" | "private-with-egress" | "private-isolated" | "control-plane"), got "dmz" at ${FILE}`,
  ],
  ["a record without a name", { name: undefined }, `'name' must be given at ${FILE}`],
])("refuses %s", (_, changes, message) => {
  expect(fault(changes)).toBe(message);
});

test("an unknown key of a state store is refused too", () => {
  const record = { ...store, versions: 20 } as unknown as StateStoreConfig;
  expect(messageOf(() => validatePlatform({ stateStores: [record], environments: [] }))).toBe(
    `'bootstrap.versions' is not a known property at ${FILE}; remove it or correct its name`,
  );
});

test("a record of the wrong shape is told so in full, and its values are not judged on top", () => {
  expect(fault({ stage: "qa", tags: {}, network: { ...environment.network, cidrBlock: "nonsense" } })).toBe(
    [
      `'test.stage' must be ("dev" | "staging" | "prod"), got "qa" at ${FILE}`,
      `'test.tags.Team' must be given at ${FILE}`,
      `'test.tags.CostCenter' must be given at ${FILE}`,
    ].join("\n"),
  );
});
