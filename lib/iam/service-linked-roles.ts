import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { Construct } from "constructs";

/**
 * Services whose roles must exist before the first cluster: a key policy that names a role which was never made is refused.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html
 */
export const SERVICE_LINKED_ROLE_SERVICES = [
  "autoscaling.amazonaws.com",
  "eks.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "spot.amazonaws.com",
] as const;

/** AWS service that keeps a role of its own in the account. */
export type ServiceLinkedRoleService = (typeof SERVICE_LINKED_ROLE_SERVICES)[number];

/** Which services' roles are made. */
export interface ServiceLinkedRolesProps {
  /**
   * An account that has one of them already takes it over: `eks-platform bootstrap` imports it.
   *
   * @default - all
   */
  readonly services?: readonly ServiceLinkedRoleService[];
}

/**
 * The roles that AWS services keep in an account, one of each.
 *
 * Creates `aws_iam_service_linked_role`.
 */
export class ServiceLinkedRoles extends Construct {
  constructor(scope: Construct, id: string, { services = SERVICE_LINKED_ROLE_SERVICES }: ServiceLinkedRolesProps = {}) {
    super(scope, id);
    for (const awsServiceName of services) {
      new IamServiceLinkedRole(this, awsServiceName.replace(/\..*$/, ""), { awsServiceName });
    }
  }
}
