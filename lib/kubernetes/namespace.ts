import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct, type IConstruct } from "constructs";
import { Faults } from "../core/faults";
import { guarded, type Removal } from "../core/removal";

/** A namespace, made here or elsewhere. */
export interface INamespace extends IConstruct {
  /** Known at synth. */
  readonly namespaceName: string;
  /** The name as the resource gives it: what uses it is made after the namespace. */
  readonly namespaceRef: string;
}

export interface NamespaceProps {
  /** Changing it replaces the namespace with everything in it. */
  readonly namespaceName: string;
  /** Pins the Pod Security rules to the cluster's version, so that an upgrade changes them only on purpose. For example `1.35`. */
  readonly kubernetesVersion: string;
  /** @default "retain" */
  readonly removal?: Removal;
}

const RESERVED = /^(default|kube-.*)$/;

/**
 * A namespace whose pods must meet the Pod Security standard `restricted`.
 *
 * Creates `kubernetes_namespace_v1`.
 *
 * @throws {ValidationError} if the name is not one that Kubernetes allows, or belongs to Kubernetes
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class Namespace extends Construct implements INamespace {
  readonly namespaceName: string;
  readonly namespaceRef: string;
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, { namespaceName, kubernetesVersion, removal = "retain" }: NamespaceProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkNamespaceName(faults, "namespaceName", namespaceName);
    faults.throwIfAny();
    const modes = ["enforce", "audit", "warn"].map((mode) => `pod-security.kubernetes.io/${mode}`);
    this.resource = new NamespaceV1(this, "Resource", {
      metadata: {
        name: namespaceName,
        labels: {
          "managed-by": "terraform",
          ...Object.fromEntries(modes.map((label) => [label, "restricted"])),
          ...Object.fromEntries(modes.map((label) => [`${label}-version`, `v${kubernetesVersion}`])),
        },
      },
      waitForDefaultServiceAccount: true,
      timeouts: { delete: "15m" },
      lifecycle: guarded(removal),
    });
    this.namespaceName = namespaceName;
    this.namespaceRef = this.resource.metadata.name;
  }
}

/** Adds what is wrong with the name of a namespace. */
export function checkNamespaceName(faults: Faults, property: string, namespaceName: string): void {
  faults
    .literal(property, namespaceName)
    .matches(
      property,
      namespaceName,
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "must be a Kubernetes name: lower-case letters, digits and '-', at most 63",
    )
    .check(!RESERVED.test(namespaceName), property, "must not be a namespace of Kubernetes itself", namespaceName);
}
