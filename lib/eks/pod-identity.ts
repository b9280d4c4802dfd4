import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { Faults } from "../core/faults";
import { DNS_LABEL, DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { physicalName } from "../core/names";
import type { Statement } from "../core/policy-document";
import { checkPropsShape } from "../core/props-shape";
import { checkStatements } from "../core/statement-checks";
import type { ManagedPolicyPurpose } from "../iam/managed-policies";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { checkPurposes } from "../iam/role-checks";
import { podIdentityTrust } from "../iam/trust";
import type { ICluster } from "./cluster-interface";
import { aCluster } from "./cluster-shape";

/** A service account and what its pods may do in AWS. */
export interface PodIdentityProps {
  readonly cluster: ICluster;
  /** Namespace and service account need not exist yet. Changing either replaces the association. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * What its pods may do in AWS.
   *
   * @default - nothing; grants add to it
   */
  readonly statements?: readonly Statement[];
  /**
   * AWS managed policies, by what they are for.
   *
   * @default - none
   */
  readonly purposes?: readonly ManagedPolicyPurpose[];
}

const propsShape = v.strictObject({
  cluster: aCluster,
  namespace: v.string(),
  serviceAccount: v.string(),
  statements: v.optional(v.unknown()),
  purposes: v.optional(v.unknown()),
});

/**
 * A role of its own for one Kubernetes service account, through EKS Pod Identity. The cluster needs the add-on
 * `eks-pod-identity-agent`, or Auto Mode, which has it built in.
 *
 * Creates `aws_iam_role` and `aws_eks_pod_identity_association`.
 *
 * @throws {ValidationError} if a name is not one that Kubernetes allows, a statement is none that a role's policy takes, or a purpose is none
 * @example
 * const identity = new PodIdentity(this, "Api", { cluster, namespace: "surveillance", serviceAccount: "api" });
 * dataKey.grantDecrypt(identity.role);
 */
export class PodIdentity extends Construct {
  readonly role: Role;
  readonly resource: EksPodIdentityAssociation;

  constructor(scope: Construct, id: string, props: PodIdentityProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPropsShape(faults, propsShape, props);
    faults.throwIfAny();
    const { cluster, namespace, serviceAccount, statements = [], purposes } = props;
    checkServiceAccount(faults, namespace, serviceAccount);
    checkStatements(faults, "statements", statements);
    checkPurposes(faults, "purposes", purposes);
    faults.throwIfAny();
    this.role = new Role(this, "Role", {
      account: cluster.account,
      roleName: physicalName([cluster.clusterName, namespace, serviceAccount], ROLE_NAME_MAX_LENGTH),
      description: `Service account ${namespace}/${serviceAccount} of ${cluster.clusterName}`,
      trust: [podIdentityTrust()],
      purposes,
    });
    if (statements.length > 0) this.role.addPolicy("Access", statements);
    this.resource = new EksPodIdentityAssociation(this, "Resource", {
      clusterName: cluster.clusterRef,
      namespace,
      serviceAccount,
      roleArn: this.role.roleArn,
    });
  }

  /** What pods wait for. */
  get dependables(): ITerraformDependable[] {
    return [this.resource, ...this.role.dependables];
  }
}

/**
 * Adds what is wrong with the name of a service account.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function checkServiceAccount(faults: Faults, namespace: string, serviceAccount: string): void {
  faults
    .literal("namespace", namespace)
    .literal("serviceAccount", serviceAccount)
    .matches(
      "namespace",
      namespace,
      DNS_LABEL,
      "must be a Kubernetes name: lower-case letters, digits and '-', at most 63",
    )
    .matches(
      "serviceAccount",
      serviceAccount,
      DNS_SUBDOMAIN,
      "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253",
    );
}
