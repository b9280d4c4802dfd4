import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { Faults } from "../core/faults";
import { DNS_SUBDOMAIN } from "../core/kubernetes-names";
import type { Statement } from "../core/policy-document";
import { checkPropsShape, texts } from "../core/props-shape";
import { checkStatements } from "../core/statement-checks";
import { ValidationError } from "../core/validation-error";
import type { ICluster } from "../eks/cluster-interface";
import { aCluster } from "../eks/cluster-shape";
import { PodIdentity } from "../eks/pod-identity";
import { MANAGED_LABELS } from "./labels";
import { addLateDependables } from "./late-dependables";
import type { INamespace } from "./namespace-interface";
import { aNamespace } from "./namespace-shape";
import { checkNameTaken } from "./stack-check";

/** A service account's name, and what its pods may do in AWS. */
export interface ServiceAccountOptions {
  /** Changing it replaces the account. Not `default`: each namespace has that one already. */
  readonly name: string;
  /**
   * What its pods may do in AWS, by a role of their own; needs an EKS cluster. An empty list makes a role without rights, for grants.
   *
   * @default - no role
   */
  readonly statements?: readonly Statement[];
  /**
   * Whether its pods get a token for the Kubernetes API unless they say otherwise. The credentials for AWS do not depend on it.
   *
   * @default false
   */
  readonly automountToken?: boolean;
}

/** A service account, its namespace and its cluster. */
export interface ServiceAccountProps extends ServiceAccountOptions {
  readonly namespace: INamespace;
  /** @default - none: a cluster without AWS */
  readonly cluster?: ICluster;
  /** @default - `managed-by` alone */
  readonly labels?: Readonly<Record<string, string>>;
}

const propsShape = v.strictObject({
  namespace: aNamespace,
  name: v.string(),
  cluster: v.optional(aCluster),
  statements: v.optional(v.unknown()),
  automountToken: v.optional(v.boolean()),
  labels: v.optional(texts),
});

/**
 * An account that pods run as. A chart must be told to use it and not to make it.
 *
 * Creates `kubernetes_service_account_v1`, and what `PodIdentity` makes if there are statements.
 *
 * @throws {ValidationError} if the name is not one that Kubernetes allows or is `default`, or if statements have no cluster or are
 * none that a role's policy takes. Synth fails if the stack has another account of the name in the namespace.
 */
export class ServiceAccount extends Construct {
  private readonly identity?: PodIdentity;
  readonly namespaceName: string;
  readonly accountName: string;
  readonly resource: ServiceAccountV1;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPropsShape(faults, propsShape, props);
    faults.throwIfAny();
    const { namespace, name, cluster, statements, automountToken = false, labels } = props;
    checkServiceAccount(faults, { name, statements }, cluster !== undefined, (property) => property);
    faults.throwIfAny();

    this.namespaceName = namespace.namespaceName;
    this.accountName = name;
    if (cluster && statements) {
      this.identity = new PodIdentity(this, "Identity", {
        cluster,
        namespace: namespace.namespaceName,
        serviceAccount: name,
        statements,
      });
    }
    this.resource = new ServiceAccountV1(this, "Resource", {
      metadata: { name, namespace: namespace.namespaceRef, labels: { ...MANAGED_LABELS, ...labels } },
      automountServiceAccountToken: automountToken,
      // Pods get their credentials when they are made: the association must be there before.
      dependsOn: this.identity?.dependables,
    });
    // Terraform orders within a stack only.
    if (TerraformStack.of(namespace) === TerraformStack.of(this)) {
      const { identity } = this;
      namespace.addDependable(this.resource, ...(identity?.dependables ?? []));
      // What is granted from here on counts too.
      if (identity) addLateDependables(namespace, () => identity.dependables);
    }
    checkNameTaken(this, ServiceAccount, "name", (each) => `${each.namespaceName}/${each.accountName}`);
  }

  /**
   * Its role in AWS, for grants.
   *
   * @throws {ValidationError} if the account was made without statements
   */
  get role(): PodIdentity["role"] {
    if (this.identity) return this.identity.role;
    const fix = "an empty list makes a role without rights";
    throw new ValidationError(this.node.path, [
      { property: "statements", rule: "must be given for a role in AWS", fix },
    ]);
  }
}

/** Adds what is wrong with a service account. */
export function checkServiceAccount(
  faults: Faults,
  { name, statements }: ServiceAccountOptions,
  onEks: boolean,
  property: (name: string) => string,
): void {
  faults
    .literal(property("name"), name)
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
    .matches(
      property("name"),
      name,
      DNS_SUBDOMAIN,
      "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253",
    )
    .check(
      name !== "default",
      property("name"),
      "must not be default",
      undefined,
      "each namespace has that one already",
    )
    .check(statements === undefined || onEks, property("statements"), "must not be set without an EKS cluster");
  if (statements !== undefined) checkStatements(faults, property("statements"), statements);
}
