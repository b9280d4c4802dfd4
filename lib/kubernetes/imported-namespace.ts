import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { INamespace } from "./namespace-interface";
import { checkKubernetesMinor, checkName } from "./namespace-name";
import type { PodSecurityLevel } from "./pod-security";

/** What is known of a namespace that was made elsewhere. */
export interface NamespaceAttributes {
  /** Those of Kubernetes itself are allowed here. */
  readonly namespaceName: string;
  /** For example `1.35`. */
  readonly kubernetesVersion: string;
  /** What its pods must meet. */
  readonly podSecurityLevel: PodSecurityLevel;
  /**
   * Whether a policy there closes every pod in both directions. Traffic with it is then opened at its end too.
   *
   * @default false
   */
  readonly deniesByDefault?: boolean;
}

/** @see Namespace.fromName */
export class ImportedNamespace extends Construct implements INamespace {
  readonly namespaceName: string;
  readonly namespaceRef: string;
  readonly kubernetesVersion: string;
  readonly podSecurityLevel: PodSecurityLevel;
  readonly deniesByDefault: boolean;
  private readonly made: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: NamespaceAttributes) {
    super(scope, id);
    const { namespaceName, kubernetesVersion, podSecurityLevel } = attributes;
    const faults = new Faults(this.node.path);
    checkName(faults, "namespaceName", namespaceName);
    checkKubernetesMinor(faults, "kubernetesVersion", kubernetesVersion);
    faults.oneOf("podSecurityLevel", podSecurityLevel, ["restricted", "baseline", "privileged"]).throwIfAny();
    this.namespaceName = namespaceName;
    this.namespaceRef = namespaceName;
    this.kubernetesVersion = kubernetesVersion;
    this.podSecurityLevel = podSecurityLevel;
    this.deniesByDefault = attributes.deniesByDefault ?? false;
  }

  /** What was made for its pods here. */
  get dependables(): readonly ITerraformDependable[] {
    return [...this.made];
  }

  addDependable(...dependables: ITerraformDependable[]): void {
    this.made.push(...dependables);
  }
}
