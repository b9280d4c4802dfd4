import type { PlatformContract } from "./contract";

/**
 * When a recorded value still holds:
 *
 * - `same`: it is the same now.
 * - `major`: a version with the same major number.
 * - `grows`: a list that has each recorded item, in any order.
 * - `level`: a Pod Security level that is not stricter.
 */
export type PromiseRule = "same" | "major" | "grows" | "level";

/** A promise of a recorded contract. */
export interface ContractPromise {
  readonly rule: PromiseRule;
  /** Keys that lead to the value. */
  readonly path: readonly string[];
  readonly recorded: string | boolean | readonly string[];
}

/** From loose to strict. */
const LEVELS = ["privileged", "baseline", "restricted"];

/**
 * What a contract promises. The only rules there are: plans and reviews compare by them. What is not recorded is no promise, so it may be added.
 * Nor is who wrote it, the version of Kubernetes, or a tag but `Team`.
 */
export function promisesOf(contract: PlatformContract): ContractPromise[] {
  const { account, cluster, network, namespaces, identity, state, tags, parameters } = contract;
  const promise = (rule: PromiseRule, path: readonly string[], recorded: ContractPromise["recorded"] | undefined) =>
    recorded === undefined ? [] : [{ rule, path, recorded }];
  const same = (path: readonly string[], values: Readonly<Record<string, unknown>> = {}) =>
    Object.entries(values).flatMap(([key, value]) => promise("same", [...path, key], value as string | undefined));
  const traffic = Object.entries(network.traffic).flatMap(([key, value]) =>
    promise(Array.isArray(value) ? "grows" : "same", ["network", "traffic", key], value),
  );
  const { environment, team, stage, removal, domain } = contract;
  const { deployRoleArn, podRoles, networkPolicies } = identity;
  return [
    ...promise("major", ["contractVersion"], contract.contractVersion),
    ...same([], { environment, team, stage }),
    // A guard that the record lacks would be lost without a word; one that only the record has guards more than it must.
    ...same([], removal === "destroy" ? { removal } : {}),
    ...same([], { domain }),
    ...same(["account"], { accountId: account.accountId, region: account.region }),
    ...same(["cluster"], { clusterName: cluster.clusterName }),
    ...promise("grows", ["network", "cidrBlocks"], network.cidrBlocks),
    ...Object.entries(network.subnets).flatMap(([tier, zones]) => same(["network", "subnets", tier], zones)),
    ...traffic,
    ...Object.entries(namespaces).flatMap(([name, { podSecurityLevel }]) =>
      promise("level", ["namespaces", name, "podSecurityLevel"], podSecurityLevel),
    ),
    ...same(["identity"], { deployRoleArn }),
    ...same(["identity", "podRoles"], { ...podRoles }),
    // Traffic that may be opened from now on takes nothing away.
    ...same(["identity"], networkPolicies ? { networkPolicies } : {}),
    ...same(["state"], { ...state }),
    ...same(["tags"], { Team: tags.Team }),
    ...same(["parameters"], { contract: parameters.contract, live: parameters.live }),
  ];
}

/** Whether a value that is published now keeps a promise. */
export function isKept({ rule, recorded }: ContractPromise, now: unknown): boolean {
  if (rule === "major") return majorOf(String(now)) === majorOf(String(recorded));
  if (rule === "level") return levelsFor(String(recorded)).includes(String(now));
  if (rule === "grows") return listOf(recorded).every((each) => listOf(now).includes(each));
  return now === recorded;
}

/** Items of a list; none of what is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The levels that allow everything that a recorded one allows. */
export function levelsFor(recorded: string): readonly string[] {
  return LEVELS.slice(0, LEVELS.indexOf(recorded) + 1);
}

export function majorOf(version: string): string {
  return version.split(".")[0] ?? "";
}
