import type { AwsEnvironmentConfig } from "../../../lib/environment/environment-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const FILE = "stacks/environments.ts";
const zones = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];

const prod: AwsEnvironmentConfig = {
  ...environment,
  name: "prod",
  stage: "prod",
  removal: "retain",
  network: { cidrBlock: "10.64.0.0/16", availabilityZones: zones },
  nodeGroups: environment.nodeGroups.map((group) => ({ ...group, scaling: { min: 2, desired: 2, max: 3 } })),
};

function validate(changes: Partial<AwsEnvironmentConfig>): void {
  validatePlatform({ stateStores: [store], environments: [{ ...prod, ...changes }] });
}

const cases: readonly [string, Partial<AwsEnvironmentConfig>, string][] = [
  ["removal destroy", { removal: "destroy" }, `'prod.removal' must be "retain" in prod, got "destroy" at ${FILE}`],
  [
    "two zones",
    { network: environment.network },
    `'prod.network.availabilityZones' must list at least 3 zones in prod, got ["eu-west-3a","eu-west-3b"] at ${FILE}`,
  ],
  [
    "a single NAT gateway",
    { network: { ...prod.network, natGateways: "single" } },
    `'prod.network.natGateways' must not be "single" in prod, got "single" at ${FILE}; use "per-zone": with one gateway, one lost zone takes the way out from all`,
  ],
  [
    "a public endpoint",
    { cluster: { ...prod.cluster, endpointAccess: [{ via: "public", cidrBlocks: ["203.0.113.0/24"] }] } },
    `'prod.cluster.endpointAccess' must not be public in prod, got "public" at ${FILE}`,
  ],
  [
    "a group that may shrink to one node",
    { nodeGroups: environment.nodeGroups },
    `'prod.nodeGroups.genomics.scaling.min' must be at least 2 in prod, got 1 at ${FILE}`,
  ],
];

test("prod with three zones, a gateway in each, two nodes and everything retained is accepted", () => {
  expect(() => validate({})).not.toThrow();
});

test.each(cases)("prod refuses %s", (_, changes, message) => {
  expect(messageOf(() => validate(changes))).toBe(message);
});

test.each(cases)("dev and staging may have %s", (_, changes) => {
  expect(() => validate({ ...changes, stage: "dev" })).not.toThrow();
  expect(() => validate({ ...changes, stage: "staging" })).not.toThrow();
});

test("the stage decides, not the name", () => {
  expect(messageOf(() => validate({ name: "production-like", removal: "destroy" }))).toBe(
    `'production-like.removal' must be "retain" in prod, got "destroy" at ${FILE}`,
  );
});
