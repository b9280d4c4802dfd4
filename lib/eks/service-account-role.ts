import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { physicalName } from "../core/names";
import type { Statement } from "../core/policy-document";
import { checkStatements } from "../core/statement-checks";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceAccountTrust } from "../iam/trust";
import type { ICluster } from "./cluster-interface";
import type { OidcProvider } from "./oidc-provider";
import { checkServiceAccount } from "./pod-identity";

/** A service account and what its pods may do in AWS, by the cluster's OIDC provider. */
export interface ServiceAccountRoleProps {
  readonly cluster: ICluster;
  readonly oidcProvider: OidcProvider;
  /** Changing either changes the role's trust, not the role. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * What its pods may do in AWS.
   *
   * @default - nothing; grants add to it
   */
  readonly statements?: readonly Statement[];
}

/**
 * A role for one Kubernetes service account through the cluster's OIDC provider (IRSA). The service account carries the annotation
 * `eks.amazonaws.com/role-arn`.
 *
 * Creates `aws_iam_role`.
 *
 * @throws {ValidationError} if a name is not one that Kubernetes allows
 */
export class ServiceAccountRole extends Construct {
  readonly role: Role;
  /** Annotations that the service account needs. */
  readonly annotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);
    const { cluster, oidcProvider, namespace, serviceAccount, statements = [] } = props;
    const faults = new Faults(this.node.path);
    checkServiceAccount(faults, namespace, serviceAccount);
    checkStatements(faults, "statements", statements);
    faults.throwIfAny();
    this.role = new Role(this, "Role", {
      account: cluster.account,
      roleName: physicalName([cluster.clusterName, namespace, serviceAccount, "irsa"], ROLE_NAME_MAX_LENGTH),
      description: `Service account ${namespace}/${serviceAccount} of ${cluster.clusterName}, by IRSA`,
      trust: [serviceAccountTrust(oidcProvider.providerArn, oidcProvider.issuer, namespace, serviceAccount)],
    });
    if (statements.length > 0) this.role.addPolicy("Access", statements);
    this.annotations = { "eks.amazonaws.com/role-arn": this.role.roleArn };
  }
}
