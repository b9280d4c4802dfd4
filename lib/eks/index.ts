export {
  ACCESS_POLICIES,
  AccessEntry,
  type AccessEntryOptions,
  type AccessEntryProps,
  type AccessPolicy,
  type AccessPolicyName,
} from "./access-entry";
export { Addon, type AddonProps } from "./addon";
export { Addons, type AddonsProps } from "./addons";
export { AMI_TYPES, type AmiType } from "./ami-type";
export type { AutoModeNodePool, AutoModeOptions } from "./auto-mode";
export { Cluster, type ClusterProps } from "./cluster";
export { clusterLogGroupName, DEFAULT_SERVICE_CIDR_BLOCK, type ICluster } from "./cluster-interface";
export type { EndpointAccess } from "./endpoint-access";
export type { ClusterAttributes } from "./imported-cluster";
export { KUBERNETES_VERSIONS, type KubernetesVersionSupport, type SupportType } from "./kubernetes-version";
export { NodeGroup } from "./node-group";
export type { NodeGroupOptions, NodeGroupProps, Scaling, Taint } from "./node-group-props";
export { OidcProvider } from "./oidc-provider";
export { PodIdentity, type PodIdentityProps } from "./pod-identity";
export { ServiceAccountRole, type ServiceAccountRoleProps } from "./service-account-role";
