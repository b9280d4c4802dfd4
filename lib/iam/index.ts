export { DeployRole, type DeployRoleProps } from "./deploy-role";
export { MANAGED_POLICIES, type ManagedPolicy, type ManagedPolicyPurpose } from "./managed-policies";
export { type IRole, Role, type RoleProps } from "./role";
export {
  SERVICE_LINKED_ROLE_SERVICES,
  type ServiceLinkedRoleService,
  ServiceLinkedRoles,
  type ServiceLinkedRolesProps,
} from "./service-linked-roles";
export { podIdentityTrust, serviceAccountTrust, serviceTrust } from "./trust";
