export {
  CONTRACT_VERSION,
  type ContractAccount,
  type ContractCluster,
  type ContractIdentity,
  type ContractNetwork,
  type ContractParameters,
  type ContractPodRoles,
  type ContractState,
  contractParameters,
  type GrantedNamespaceFacts,
  type LiveFacts,
  type PlatformContract,
} from "./contract";
export type { StateOptions } from "./contract-state";
export { contractText } from "./contract-text";
export type { GrantedNamespace } from "./granted-namespace";
export { Platform, type PlatformLookup, type PlatformProps } from "./platform";
export { type PlatformContractProps, platformContract } from "./platform-contract";
export { PublishedContract, type PublishedContractProps } from "./published-contract";
export { PublishedFacts, type PublishedFactsProps } from "./published-facts";
export { TeamAccess, type TeamAccessProps } from "./team-access";
