export { AutoModeNetworkPolicy } from "./auto-mode-network-policy";
export { BoundRole, type BoundRoleProps, type Subject } from "./bound-role";
export type { ClusterNetwork } from "./cluster-network";
export type { NamespaceAttributes } from "./imported-namespace";
export type { Kubeconfig } from "./kubeconfig";
export type {
  ContainerLimits,
  ContainerResources,
  LimitOptions,
  PersistentVolumeClaimLimits,
} from "./limits";
export { Namespace } from "./namespace";
export type { INamespace, ITrafficNamespace } from "./namespace-interface";
export type { NamespaceOptions, NamespaceProps } from "./namespace-props";
export { type NetworkParts, networkOf } from "./network-of";
export type { PodSecurityException, PodSecurityLevel } from "./pod-security";
export {
  PREEMPTION_POLICIES,
  type PreemptionPolicy,
  PriorityClass,
  type PriorityClassProps,
} from "./priority-class";
export { ClusterProviders, type ClusterProvidersProps, type EksLogin } from "./providers";
export type { QuotaOptions } from "./quota";
export { ReadinessGate, type ReadinessGateProps } from "./readiness-gate";
export type { RoleRule } from "./role-rules";
export { Secret, type SecretOptions, type SecretProps } from "./secret";
export { ServiceAccount, type ServiceAccountOptions, type ServiceAccountProps } from "./service-account";
export { EBS_PROVISIONERS, type EbsProvisioner, StorageClass, type StorageClassOptions } from "./storage-class";
export { Team } from "./team";
export type { TeamMember, TeamMemberProps, TeamOptions, TeamProps, TeamRole, TeamServiceAccount } from "./team-props";
export { TEAM_ROLES, type TeamRoleName } from "./team-roles";
export type {
  ClusterService,
  ClusterSource,
  Database,
  DatabasePeer,
  PodLabels,
  PortRange,
  Ranges,
  Traffic,
  TrafficPort,
} from "./traffic";
