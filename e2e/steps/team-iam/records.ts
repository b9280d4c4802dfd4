import type { Statement } from "../../../lib/core/policy-document";
import { awsEnvironments } from "../../../lib/environment/aws-environments";
import { contractOf } from "../../../lib/environment/contract-of";
import { isOff } from "../../../lib/environment/in-cluster";
import type { ContractPodRoles, ContractState, PlatformContract } from "../../../lib/platform/contract";
import { stateLocation } from "../../../lib/state/state-location";
import { platform } from "../../../stacks/environments";

const found = awsEnvironments(platform).find(({ name }) => name === "staging");
const [store] = platform.stateStores;
if (!store || !found || isOff(found.inCluster)) throw new Error("stacks/environments.ts must describe staging whole");

/** Its cluster and its state store are there already, and teams of the step come to them beside its own. */
export const staging = found;
export const { deployRoleArn } = staging.account;
export const state = stateLocation(store.account, store.prefix);

/** Runs the deploys of both teams. */
export const PIPELINE = `arn:aws:iam::${staging.account.accountId}:role/GenomicsPipeline`;

/** The most that roles of pods may do: whole services, so that what is refused of them is refused by what the platform adds. */
export const ALLOWED_TO_PODS: readonly Statement[] = [
  { Effect: "Allow", Action: ["dynamodb:*", "kms:*", "s3:*", "ssm:*"], Resource: "*" },
];

/** A contract with everything that a team can be given. */
export interface Granted extends PlatformContract {
  readonly identity: PlatformContract["identity"] & { readonly podRoles: ContractPodRoles };
  readonly state: ContractState;
}

/** A contract as the records make it, of an environment whose names nobody else has. */
export function contractFor(teamName: string): Granted {
  const contract = { trustedPrincipals: [PIPELINE], podStatements: ALLOWED_TO_PODS };
  const team = { teamName, namespaces: [teamName], contract };
  const config = { ...staging, name: "iam-trial", inCluster: { ...staging.inCluster, teams: [team] } };
  return contractOf(config, teamName, state) as Granted;
}
