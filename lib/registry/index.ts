export type { RepositoryOptions } from "./check-repositories";
export { Registry, type RegistryProps } from "./registry";
export { chartsAddress, type RegistryOwner, registryHost, repositoryAddress } from "./registry-address";
export { Repository, type RepositoryProps } from "./repository";
