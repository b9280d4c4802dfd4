import type { AwsEnvironmentConfig, StateStoreConfig } from "../../../lib/environment/environment-config";
import type { KubeconfigEnvironmentConfig } from "../../../lib/environment/kubeconfig-environment";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { anyCluster, environment, store } from "../../support/platform";

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
    `'test.nodeGroups.genomics.scaling.size' is not a known property at ${FILE}; remove it or correct its name`,
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
    `'test.nodeGroups.genomics.scaling.max' must be given at ${FILE}`,
  ],
  [
    "a number as text",
    { nodeGroups: [{ ...group, volumeSizeGiB: "50" }] },
    `'test.nodeGroups.genomics.volumeSizeGiB' must be a number, got "50" at ${FILE}`,
  ],
  [
    "a tag that is no text",
    { tags: { ...environment.tags, Build: 7 } },
    `'test.tags.Build' must be text, got 7 at ${FILE}`,
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

const installed = (parts: object) => fault({ inCluster: { namespaces: [], releases: [], ...parts } });
const application = {
  applicationName: "surveillance",
  team: "epidemiology",
  image: { repository: "r.example.com/a", tag: "1" },
};
const OWN = "test.inCluster.applications.surveillance";

test.each<[string, object, string]>([
  [
    "a password as user of a database",
    {
      applications: [
        { ...application, database: { name: "api", user: { password: "hunter2" }, host: "db", cidrBlocks: [] } },
      ],
    },
    `'${OWN}.database.user' must be text at ${FILE}`,
  ],
  [
    "a login in place of an image",
    { applications: [{ ...application, image: "u:hunter2@r.example.com/a:1" }] },
    `'${OWN}.image' must be an object at ${FILE}`,
  ],
  [
    "a list in place of a database",
    { applications: [{ ...application, database: ["hunter2"] }] },
    `'${OWN}.database' must be an object with host, name, user, password and cidrBlocks at ${FILE}`,
  ],
  [
    "an application without a name",
    { applications: [{ ...application, applicationName: undefined }] },
    `'test.inCluster.applications.0.applicationName' must be given at ${FILE}`,
  ],
  [
    "a value in place of a variable's name",
    { secrets: [{ namespace: "a", secretName: "db", variables: { password: 12345 }, revision: "hunter2" }] },
    `'test.inCluster.secrets.db.variables.password' must be text at ${FILE}
'test.inCluster.secrets.db.revision' must be a number at ${FILE}`,
  ],
  [
    "values that are text",
    { releases: [{ name: "api", namespace: "a", chart: { path: "c" }, timeoutSeconds: "hunter2" }] },
    `'test.inCluster.releases.api.timeoutSeconds' must be a number at ${FILE}`,
  ],
])("refuses %s, and repeats nothing", (_, parts, message) => {
  expect(installed(parts)).toBe(message);
});

test("of an object or a list nothing is repeated anywhere, and of a state nothing at all", () => {
  expect(fault({ stage: ["hunter2"], removal: { password: "hunter2" } })).toBe(
    `'test.stage' must be ("dev" | "staging" | "prod") at ${FILE}
'test.removal' must be ("retain" | "destroy") at ${FILE}`,
  );
  const state = { backend: "pg", arguments: { conn_str: ["postgres://u:hunter2@db.example.com"] } };
  const record = { ...anyCluster, state } as unknown as KubeconfigEnvironmentConfig;
  expect(messageOf(() => validatePlatform({ stateStores: [], environments: [record] }))).toBe(
    `'desk.state.arguments.conn_str' must be (string | number | boolean) at ${FILE}`,
  );
});
