import type {
  AwsEnvironmentConfig,
  EnvironmentConfig,
  PlatformConfig,
  StateStoreConfig,
} from "../../../lib/environment/environment-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { anyCluster, environment, store } from "../../support/platform";

const FILE = "stacks/environments.ts";

/** A second environment that is clear of the first. */
const other: AwsEnvironmentConfig = {
  ...environment,
  name: "other",
  network: { ...environment.network, cidrBlock: "10.80.0.0/16" },
  cluster: { ...environment.cluster, clusterName: "other" },
};

function validate(
  environments: readonly AwsEnvironmentConfig[],
  stateStores: readonly StateStoreConfig[] = [store],
): void {
  validatePlatform({ stateStores, environments });
}

function fault(...input: Parameters<typeof validate>): string {
  return messageOf(() => validate(...input));
}

test("environments that are clear of each other are accepted", () => {
  expect(() => validate([environment, other])).not.toThrow();
});

test("refuses networks that overlap, and names both", () => {
  const inside = { ...other, network: { ...other.network, cidrBlock: "10.64.128.0/17" } };
  expect(fault([environment, inside])).toBe(
    `'other.network.cidrBlock' must not overlap another environment, got "10.64.128.0/17" at ${FILE}; test has 10.64.0.0/16`,
  );
});

test("refuses two environments with one name", () => {
  const twin = { ...other, name: "test" };
  expect(fault([environment, twin])).toBe(
    `'stack names' must not repeat a value, got "test" at ${FILE}; remove the second one`,
  );
});

test("refuses an environment with the name of a state store", () => {
  expect(fault([{ ...environment, name: "bootstrap" }])).toBe(
    `'stack names' must not repeat a value, got "bootstrap" at ${FILE}; remove the second one`,
  );
});

test("refuses two clusters with one name in one account, in whatever region: roles carry the name", () => {
  const cluster = { ...other.cluster, clusterName: "test" };
  expect(fault([environment, { ...other, cluster }])).toBe(
    `'cluster.clusterName' must not repeat a value, got "111122223333/test" at ${FILE}; remove the second one`,
  );
  expect(() => validate([environment, other])).not.toThrow();
});

/** Environments in clusters by kubeconfig, with the namespaces that each makes. */
function clusters(...made: readonly [path: string, context: string, ...namespaces: string[]][]) {
  return made.map(([path, context, ...names], index) => ({
    ...anyCluster,
    name: `desk-${index}`,
    kubeconfig: { path, context },
    inCluster: { namespaces: names.map((namespaceName) => ({ namespaceName })), releases: [] },
  }));
}

test("refuses two environments that make one namespace in one cluster", () => {
  const environments = clusters(["kc", "minikube", "a", "b"], ["./kc", "minikube", "b", "c"]);
  expect(messageOf(() => validatePlatform({ stateStores: [], environments }))).toBe(
    `'desk-1.inCluster' must not have a namespace that another environment makes in the same cluster, got "b" at ${FILE}; desk-0 makes it`,
  );
});

test("the namespace of an application counts too", () => {
  const [first, second] = clusters(["kc", "minikube", "syndromic-surveillance-api"], ["kc", "minikube"]);
  const application = {
    applicationName: "syndromic-surveillance-api",
    team: "epidemiology",
    image: { repository: "registry.example.com/api", tag: "1.0.0" },
  };
  const inCluster = { namespaces: [], releases: [], applications: [application] };
  const environments = [first, { ...second, inCluster }] as EnvironmentConfig[];
  expect(messageOf(() => validatePlatform({ stateStores: [], environments }))).toBe(
    `'desk-1.inCluster' must not have a namespace that another environment makes in the same cluster, got "syndromic-surveillance-api" at ${FILE}; desk-0 makes it`,
  );
});

test("another file, another context or another namespace is another place", () => {
  const environments = clusters(["kc", "one", "a"], ["kc", "two", "a"], ["kd", "one", "a"], ["kc", "one", "b"]);
  expect(() => validatePlatform({ stateStores: [], environments })).not.toThrow();
});

test("refuses what is no record at all", () => {
  const broken = { stateStores: [store, undefined], registries: ["registry"], environments: [null, environment] };
  expect(messageOf(() => validatePlatform(broken as unknown as PlatformConfig))).toBe(
    [
      `'stateStores[1]' must be a record at ${FILE}`,
      `'registries[0]' must be a record, got "registry" at ${FILE}`,
      `'environments[0]' must be a record, got null at ${FILE}`,
    ].join("\n"),
  );
});

test("refuses a state store that does not exist", () => {
  expect(fault([{ ...environment, state: { store: "bootstrp" } }])).toBe(
    `'test.state.store' must be a state store (bootstrap), got "bootstrp" at ${FILE}`,
  );
});

test("state in another account needs a role of that account, and is accepted with it", () => {
  const elsewhere = { ...store, account: { ...store.account, accountId: "444455556666" } };
  const ofItsOwn = { ...store, id: "bootstrap-own" };
  const withRole = (roleArn?: string) => [{ ...environment, state: { store: "bootstrap", roleArn } }];
  expect(fault(withRole(), [elsewhere, ofItsOwn])).toBe(
    `'test.state.roleArn' must be a role in account 444455556666, which holds the state at ${FILE}`,
  );
  const own = "arn:aws:iam::111122223333:role/state";
  expect(fault(withRole(own), [elsewhere, ofItsOwn])).toBe(
    `'test.state.roleArn' must be a role in account 444455556666, which holds the state, got "${own}" at ${FILE}`,
  );
  expect(() => validate(withRole("arn:aws:iam::444455556666:role/state"), [elsewhere, ofItsOwn])).not.toThrow();
});

test("an account needs a bootstrap of its own, even if its state lies elsewhere", () => {
  const elsewhere = { ...store, account: { ...store.account, accountId: "444455556666" } };
  const state = { store: "bootstrap", roleArn: "arn:aws:iam::444455556666:role/state" };
  expect(fault([{ ...environment, state }], [elsewhere])).toBe(
    `'test.account.accountId' must be an account with a state store: its stack makes the service-linked roles that key policies name, got "111122223333" at ${FILE}; add one to 'stateStores', or the account to 'preparedAccounts' where another stack makes them`,
  );
});

test("an account that another stack prepares needs no bootstrap of its own", () => {
  const elsewhere = { ...store, account: { ...store.account, accountId: "444455556666" } };
  const state = { store: "bootstrap", roleArn: "arn:aws:iam::444455556666:role/state" };
  const preparing = (preparedAccounts: string[]) => () =>
    validatePlatform({ stateStores: [elsewhere], preparedAccounts, environments: [{ ...environment, state }] });
  expect(preparing(["111122223333"])).not.toThrow();
  expect(messageOf(preparing(["111122223333", "dev"]))).toBe(
    `'preparedAccounts' must be twelve digits, got "dev" at ${FILE}`,
  );
});

test("a role for state must be a role, whichever account it is of", () => {
  expect(fault([{ ...environment, state: { store: "bootstrap", roleArn: "state" } }])).toBe(
    `'test.state.roleArn' must be the ARN of a role, got "state" at ${FILE}`,
  );
});

test.each<[string, Partial<StateStoreConfig>, string]>([
  [
    "copies in the state's own region",
    { copyRegion: "eu-west-3" },
    `'bootstrap.copyRegion' must be another region than the state's, got "eu-west-3" at ${FILE}`,
  ],
  ["copies nowhere", { copyRegion: "Mars" }, `'bootstrap.copyRegion' must be an AWS region, got "Mars" at ${FILE}`],
  [
    "a prefix that no bucket can have",
    { prefix: "My_Prefix" },
    `'bootstrap.prefix' must be 3 to 20 lower-case letters, digits and '-', got "My_Prefix" at ${FILE}`,
  ],
  [
    "a prefix of 21 characters",
    { prefix: "a".repeat(21) },
    `'bootstrap.prefix' must be 3 to 20 lower-case letters, digits and '-', got "${"a".repeat(21)}" at ${FILE}`,
  ],
  [
    "an account id that is none",
    { account: { accountId: "1", region: "eu-west-3" } },
    `'bootstrap.account.accountId' must be twelve digits, got "1" at ${FILE}`,
  ],
  [
    "a tag that the platform sets",
    { tags: { ...store.tags, ManagedBy: "hand" } },
    `'bootstrap.tags.ManagedBy' must not be set: the platform sets it, got "hand" at ${FILE}`,
  ],
])("a state store refuses %s", (_, changes, message) => {
  expect(fault([], [{ ...store, ...changes }])).toBe(message);
});

test("the id of a state store keeps to the limits of a stack's name", () => {
  expect(fault([], [{ ...store, id: "Boot" }])).toBe(
    `'id' must be 2 to 32 lower-case letters, digits and '-', got "Boot" at ${FILE}`,
  );
});

test("every fault of every record is in one error, a line each", () => {
  const broken = { ...environment, removal: "keep" } as unknown as AwsEnvironmentConfig;
  const second = { ...other, tags: { ...other.tags, Team: "" }, state: { store: "none" } };
  const third = { ...other, name: "third", nodeGroups: [], cluster: { ...other.cluster, clusterName: "third" } };
  expect(fault([broken, second, third], [{ ...store, copyRegion: "eu-west-3" }])).toBe(
    [
      `'test.removal' must be ("retain" | "destroy"), got "keep" at ${FILE}`,
      `'bootstrap.copyRegion' must be another region than the state's, got "eu-west-3" at ${FILE}`,
      `'other.tags.Team' must have 1 to 256 letters, digits, spaces and '_.:/=+-@', got "" at ${FILE}`,
      `'third.nodeGroups' must have at least one group, unless the cluster is in Auto Mode, got [] at ${FILE}`,
      `'other.state.store' must be a state store (bootstrap), got "none" at ${FILE}`,
      `'third.network.cidrBlock' must not overlap another environment, got "10.80.0.0/16" at ${FILE}; other has 10.80.0.0/16`,
    ].join("\n"),
  );
});
