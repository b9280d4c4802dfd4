export { type ApplicationConfig, application } from "./application-config";
export { contractOf } from "./contract-of";
export type {
  AwsEnvironmentConfig,
  ClusterConfig,
  EnvironmentConfig,
  NetworkConfig,
  PlatformConfig,
  StateStoreConfig,
} from "./environment-config";
export type { EnvironmentTags } from "./environment-tags";
export {
  type InClusterConfig,
  type InClusterOff,
  type NamespaceConfig,
  type ReleaseConfig,
  release,
  type SecretConfig,
  type TeamConfig,
} from "./in-cluster-config";
export type { KubeconfigEnvironmentConfig, KubeconfigNetwork } from "./kubeconfig-environment";
export type { RegistryConfig } from "./registry-config";
export type { StoredState } from "./state-config";
export type { TeamContractConfig } from "./team-contract-config";
export type { NamedNamespace, TrafficConfig } from "./traffic-config";
export { validatePlatform } from "./validate-platform";
