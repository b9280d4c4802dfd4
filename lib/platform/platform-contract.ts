import type { AwsAccount } from "../core/account";
import type { StateLocation } from "../state/state-location";
import { CONTRACT_VERSION, contractParameters, type PlatformContract } from "./contract";
import { deployRoleArn, podRoles, stateKeyPrefix } from "./team-names";

/** What writes a contract where it is made, as messages show it. */
export const RENEW = "platformContract({ ... })";

/** What a platform promises; the names of what it makes for the team follow from it. */
export interface PlatformContractProps
  extends Omit<PlatformContract, "contractVersion" | "account" | "identity" | "state" | "parameters"> {
  /** The environment's account, with its own rules for roles. */
  readonly account: AwsAccount;
  /** Whether the team makes roles for its pods. `TeamAccess` then wants `podStatements`. */
  readonly podRoles: boolean;
  /** Whether the team may open traffic of its namespaces. */
  readonly networkPolicies: boolean;
  /**
   * Where the environment keeps its state. In another account than the environment's, the team gets no part of it.
   *
   * @default - the team keeps its state elsewhere
   */
  readonly state?: StateLocation;
}

/**
 * A contract, as `TeamAccess` and `PublishedContract` want it: the same for the same names. They check it.
 *
 * @example
 * const contract = platformContract({
 *   writtenBy: "research 1.0.0", environment: "research", team: "biology", stage: "dev", removal: "destroy", account,
 *   cluster: { clusterName: "research", kubernetesVersion: "1.35" },
 *   network: { cidrBlocks: ["10.40.0.0/16"], subnets: {}, traffic: {} },
 *   namespaces: { assays: { podSecurityLevel: "restricted" } },
 *   podRoles: false, networkPolicies: false, tags: { Team: "biology" },
 * });
 */
export function platformContract(props: PlatformContractProps): PlatformContract {
  const { account, podRoles: hasPodRoles, networkPolicies, state, ...facts } = props;
  const { environment, team } = facts;
  return {
    ...facts,
    contractVersion: CONTRACT_VERSION,
    account: { accountId: account.accountId, region: account.region },
    identity: {
      deployRoleArn: deployRoleArn(account, environment, team),
      podRoles: hasPodRoles ? podRoles(account, environment, team) : undefined,
      networkPolicies,
    },
    state:
      state?.account.accountId === account.accountId
        ? {
            bucketName: state.bucketName,
            region: state.account.region,
            keyAliasArn: state.keyAliasArn,
            keyPrefix: stateKeyPrefix(environment, team),
          }
        : undefined,
    parameters: contractParameters(environment, team),
  };
}
