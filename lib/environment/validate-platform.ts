import { normalize } from "node:path/posix";
import { ACCOUNT_ID, checkAccount, REGION } from "../core/account";
import { checkTags } from "../core/check-tags";
import { Faults } from "../core/faults";
import { deployRoleName } from "../platform/team-names";
import { overlaps, parseCidr } from "../vpc/cidr";
import { awsEnvironments } from "./aws-environments";
import { checkIamPathsApart } from "./check-iam-paths";
import { checkPodPaths } from "./check-pod-paths";
import { checkRegistry } from "./check-registry";
import { checkStoredState } from "./check-stored-state";
import { checkContractsApart } from "./check-team-contract";
import { checkTrustedApart } from "./check-trusted-apart";
import { teamsWithContract } from "./contract-of";
import type { AwsEnvironmentConfig, EnvironmentConfig, PlatformConfig, StateStoreConfig } from "./environment-config";
import { allNamespaces } from "./namespace-names";
import { registrySchema } from "./registry-schema";
import { checkShape, environmentSchema, stateStoreSchema } from "./schema";
import { checkEnvironment } from "./validate-environment";
import { checkKubeconfigEnvironment } from "./validate-kubeconfig-environment";

/**
 * Checks every record and how the records fit together.
 *
 * @throws {ValidationError} with every fault of every record, a line each
 */
export function validatePlatform(platform: PlatformConfig): void {
  const faults = new Faults("stacks/environments.ts");
  const stateStores = recordsOf(faults, "stateStores", platform.stateStores);
  const registries = recordsOf(faults, "registries", platform.registries);
  const environments = recordsOf(faults, "environments", platform.environments);
  const stores = stateStores.filter((store) => checkShape(faults, store.id, stateStoreSchema, store));
  const valid = environments.filter((config) => checkShape(faults, config.name, environmentSchema, config));
  const validRegistries = registries.filter((config) => checkShape(faults, config.id, registrySchema, config));
  for (const store of stores) checkStateStore(faults, store);
  for (const config of validRegistries) checkRegistry(faults, config, (name) => `${config.id}.${name}`);
  for (const config of valid) {
    const property = (name: string) => `${config.name}.${name}`;
    if (config.kind === "aws") {
      checkEnvironment(faults, config, property);
      checkContractsApart(faults, config, property);
    } else checkKubeconfigEnvironment(faults, config, property);
  }
  const ids = [...stateStores, ...registries].map(({ id }) => id);
  faults.unique("stack names", [...ids, ...environments.map(({ name }) => name)]);
  const aws = awsEnvironments({ environments: valid });
  const prepared = [...stores.map(({ account }) => account.accountId), ...(platform.preparedAccounts ?? [])];
  for (const config of aws) checkAccountIsPrepared(faults, config, prepared);
  for (const each of platform.preparedAccounts ?? []) {
    faults.matches("preparedAccounts", each, ACCOUNT_ID, "must be twelve digits");
  }
  for (const config of valid) checkState(faults, config, stores);
  for (const config of validRegistries) checkStoredState(faults, config, stores, (name) => `${config.id}.${name}`);
  checkApart(faults, aws);
  checkDeployRolesApart(faults, aws);
  checkIamPathsApart(faults, aws);
  checkPodPaths(faults, { stateStores: stores, registries: validRegistries, environments: valid });
  checkTrustedApart(faults, aws);
  checkNamespacesApart(faults, valid);
  faults.throwIfAny();
}

/** What is a record at all; the compiler does not see what a spread or a missing comma leaves in a list. */
function recordsOf<T extends object>(faults: Faults, property: string, list: readonly T[] = []): T[] {
  return list.filter((each: unknown, index) => {
    const isRecord = typeof each === "object" && each !== null;
    faults.check(isRecord, `${property}[${index}]`, "must be a record", each);
    return isRecord;
  });
}

function checkStateStore(faults: Faults, { id, account, copyRegion, prefix, tags }: StateStoreConfig): void {
  faults.matches("id", id, /^[a-z][a-z0-9-]{1,31}$/, "must be 2 to 32 lower-case letters, digits and '-'");
  checkAccount(faults, `${id}.account`, account);
  faults
    .matches(`${id}.copyRegion`, copyRegion, REGION, "must be an AWS region")
    .check(copyRegion !== account.region, `${id}.copyRegion`, "must be another region than the state's", copyRegion)
    .matches(`${id}.prefix`, prefix, /^[a-z][a-z0-9-]{2,19}$/, "must be 3 to 20 lower-case letters, digits and '-'");
  checkTags(faults, tags, (name) => `${id}.tags.${name}`);
}

/** Key policies name service-linked roles: an account's bootstrap stack makes them, or another stack that somebody vouches for. */
function checkAccountIsPrepared(
  faults: Faults,
  { name, account }: AwsEnvironmentConfig,
  prepared: readonly string[],
): void {
  faults.check(
    prepared.includes(account.accountId),
    `${name}.account.accountId`,
    "must be an account with a state store: its stack makes the service-linked roles that key policies name",
    account.accountId,
    "add one to 'stateStores', or the account to 'preparedAccounts' where another stack makes them",
  );
}

/** A kubeconfig environment may keep its state elsewhere. */
function checkState(faults: Faults, config: EnvironmentConfig, stores: readonly StateStoreConfig[]): void {
  const { state } = config;
  if (state === undefined || "backend" in state) return;
  const account = config.kind === "aws" ? config.account : undefined;
  checkStoredState(faults, { state, account }, stores, (name) => `${config.name}.${name}`);
}

/** Two stacks that have one namespace take each other's objects for their own, releases by the same name above all. */
function checkNamespacesApart(faults: Faults, environments: readonly EnvironmentConfig[]): void {
  const owners = new Map<string, string>();
  for (const config of environments) {
    if (config.kind !== "kubeconfig") continue;
    const names = allNamespaces(config.inCluster, false).map(({ namespaceName }) => namespaceName);
    for (const namespace of new Set(names)) {
      const key = JSON.stringify([normalize(config.kubeconfig.path), config.kubeconfig.context, namespace]);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, config.name);
      else {
        const rule = "must not have a namespace that another environment makes in the same cluster";
        faults.add(`${config.name}.inCluster`, rule, namespace, `${owner} makes it`);
      }
    }
  }
}

/** Networks that may be joined one day must not overlap; clusters of one account need names of their own. */
function checkApart(faults: Faults, environments: readonly AwsEnvironmentConfig[]): void {
  const ranges = environments.flatMap(({ name, network }) => {
    const cidr = parseCidr(network.cidrBlock);
    return cidr ? [{ name, cidr }] : [];
  });
  for (const [index, one] of ranges.entries()) {
    const other = ranges.slice(0, index).find(({ cidr }) => overlaps(cidr, one.cidr));
    if (!other) continue;
    const fix = `${other.name} has ${other.cidr.text}`;
    faults.add(`${one.name}.network.cidrBlock`, "must not overlap another environment", one.cidr.text, fix);
  }
  faults.unique(
    "cluster.clusterName",
    // Roles carry the cluster's name, and IAM knows no region.
    environments.map(({ account, cluster }) => `${account.accountId}/${cluster.clusterName}`),
  );
}

/**
 * A name is made of that of the environment and that of the team, and there are several ways to cut it: IAM has one role of a name in an
 * account, whatever its path. The names of boundaries have the same parts.
 */
function checkDeployRolesApart(faults: Faults, environments: readonly AwsEnvironmentConfig[]): void {
  const keyOf = (accountId: string, roleName: string) => `${accountId}/${roleName.toLowerCase()}`;
  const owners = new Map<string, string>();
  for (const { account } of environments) {
    owners.set(keyOf(account.accountId, account.deployRoleArn.split("/").at(-1) ?? ""), "the platform itself");
  }
  for (const config of environments) {
    for (const { teamName } of teamsWithContract(config)) {
      const roleName = deployRoleName(config.name, teamName);
      const key = keyOf(config.account.accountId, roleName);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, `${teamName} in ${config.name}`);
      else {
        const rule = "must have a deploy role whose name no other has in the account";
        faults.add(`${config.name}.inCluster.teams.${teamName}.contract`, rule, roleName, `it is that of ${owner}`);
      }
    }
  }
}
