import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import { podRoles } from "../platform/team-names";
import { awsEnvironments } from "./aws-environments";
import { teamsWithContract } from "./contract-of";
import type { AwsEnvironmentConfig, PlatformConfig } from "./environment-config";
import { isOff } from "./in-cluster";
import { parseRoleArn } from "./role-arn";

/** Where a team makes roles for its pods. It may change every role that stands under the path. */
interface PodPath {
  readonly accountId: string;
  /** The team, and its environment. */
  readonly owner: string;
  /** Of the environment's own path. */
  readonly property: string;
  readonly path: string;
}

/** Something of a record, and where it stands there. */
interface Named<T> {
  readonly property: string;
  readonly value: T;
}

/**
 * Adds what stands where a team makes roles for its pods: paths under which the platform or another team makes roles, and roles that records
 * name. The team decides who may assume them.
 */
export function checkPodPaths(faults: Faults, platform: PlatformConfig): void {
  const podPaths = awsEnvironments(platform).flatMap(podPathsOf);
  if (podPaths.length === 0) return;
  for (const { property, value } of accountsOf(platform)) checkPath(faults, property, value, podPaths);
  for (const { property, value } of rolesOf(platform)) checkRole(faults, property, value, podPaths);
}

/** Of the account's own path and those of its teams, the first that stands under another team's says it. */
function checkPath(faults: Faults, property: string, account: AwsAccount, podPaths: readonly PodPath[]): void {
  const { accountId, iamPath = "/" } = account;
  const made = [iamPath, ...podPaths.filter((each) => each.property === property).map(({ path }) => path)];
  for (const { owner, path } of podPaths.filter((each) => each.accountId === accountId && each.property !== property)) {
    const reached = made.find((each) => each.startsWith(path));
    const rule = "must not lead to where a team of another environment makes roles";
    const fix = `${owner} makes those under ${JSON.stringify(path)}, and so could change those under ${JSON.stringify(reached)}`;
    faults.check(reached === undefined, property, rule, iamPath, fix);
  }
}

function checkRole(faults: Faults, property: string, roleArn: string, podPaths: readonly PodPath[]): void {
  const role = parseRoleArn(roleArn);
  if (role === undefined) return;
  const found = podPaths.find(({ accountId, path }) => accountId === role.accountId && role.path.startsWith(path));
  const rule = "must not stand where a team makes roles for its pods";
  const fix = `${found?.owner} makes those under ${JSON.stringify(found?.path)}, and so decides who may assume it`;
  faults.check(found === undefined, property, rule, roleArn, fix);
}

function podPathsOf(config: AwsEnvironmentConfig): PodPath[] {
  const { name, account } = config;
  return teamsWithContract(config)
    .filter(({ contract }) => contract.podStatements !== undefined)
    .map(({ teamName }) => ({
      accountId: account.accountId,
      owner: `${teamName} in ${name}`,
      property: `${name}.account.iamPath`,
      path: podRoles(account, name, teamName).iamPath,
    }));
}

/** The accounts of all records, by the property of their paths. */
function accountsOf(platform: PlatformConfig): Named<AwsAccount>[] {
  const named = [
    ...platform.stateStores.map(({ id, account }) => ({ name: id, account })),
    ...(platform.registries ?? []).map(({ id, account }) => ({ name: id, account })),
    ...awsEnvironments(platform),
  ];
  return named.map(({ name, account }) => ({ property: `${name}.account.iamPath`, value: account }));
}

/** All roles that records name: what is deployed with, and who is let in. */
function rolesOf(platform: PlatformConfig): Named<string>[] {
  const named = [
    ...(platform.registries ?? []).flatMap(({ id, account, state }) => [
      { property: `${id}.account.deployRoleArn`, value: account.deployRoleArn },
      { property: `${id}.state.roleArn`, value: state.roleArn },
    ]),
    ...platform.environments.flatMap(({ name, state }) => {
      const value = state && "store" in state ? state.roleArn : undefined;
      return [{ property: `${name}.state.roleArn`, value }];
    }),
    ...awsEnvironments(platform).flatMap(environmentRoles),
  ];
  return named.flatMap(({ property, value }) => (value === undefined ? [] : [{ property, value }]));
}

function environmentRoles({ name, account, access, inCluster }: AwsEnvironmentConfig): Named<string | undefined>[] {
  const teams = isOff(inCluster) ? [] : (inCluster.teams ?? []);
  return [
    { property: `${name}.account.deployRoleArn`, value: account.deployRoleArn },
    ...access.map(({ principalArn }, index) => ({
      property: `${name}.access[${index}].principalArn`,
      value: principalArn,
    })),
    ...teams.flatMap(({ teamName, members = [], contract }) => {
      const property = `${name}.inCluster.teams.${teamName}`;
      const trusted = contract?.trustedPrincipals ?? [];
      return [
        ...members.map(({ principalArn }, index) => ({
          property: `${property}.members[${index}].principalArn`,
          value: principalArn,
        })),
        ...trusted.map((value) => ({ property: `${property}.contract.trustedPrincipals`, value })),
      ];
    }),
  ];
}
