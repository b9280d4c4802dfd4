import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { allowTraffic } from "../kubernetes/allow-traffic";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import type { INamespace, ITrafficNamespace } from "../kubernetes/namespace-interface";
import type { PodSecurityLevel } from "../kubernetes/pod-security";
import type { Traffic } from "../kubernetes/traffic";
import type { GrantedNamespaceFacts } from "./contract";

/** A granted namespace, as the contract has it. */
export interface GrantedNamespaceProps {
  readonly namespaceName: string;
  readonly facts: GrantedNamespaceFacts;
  readonly kubernetesVersion: string;
  readonly network: ClusterNetwork;
  /** Whether the team may open its traffic. */
  readonly networkPolicies: boolean;
}

/**
 * A namespace that a platform made and granted to a team. It is closed until it is opened, as every `Namespace`; its quota, its limits and
 * its name are the platform's. Creates nothing by itself.
 *
 * @see Platform.namespace
 */
export class GrantedNamespace extends Construct implements ITrafficNamespace {
  readonly namespaceName: string;
  readonly namespaceRef: string;
  readonly kubernetesVersion: string;
  readonly podSecurityLevel: PodSecurityLevel;
  readonly deniesByDefault = true;
  /** Whether the team may open its traffic. */
  readonly mayOpenTraffic: boolean;
  private readonly network: ClusterNetwork;
  private readonly made: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: GrantedNamespaceProps) {
    super(scope, id);
    this.namespaceName = props.namespaceName;
    this.namespaceRef = props.namespaceName;
    this.kubernetesVersion = props.kubernetesVersion;
    this.podSecurityLevel = props.facts.podSecurityLevel;
    this.network = structuredClone(props.network);
    this.mayOpenTraffic = props.networkPolicies;
  }

  /** What was made here for its pods. */
  get dependables(): readonly ITerraformDependable[] {
    return [...this.made];
  }

  addDependable(...dependables: ITerraformDependable[]): void {
    this.made.push(...dependables);
  }

  /**
   * Lets traffic through, as `Namespace.allow`. The end in a namespace of others is theirs to open. What the platform allows already must
   * not be said again: both would make the same policy, and the apply would stop at the second one.
   *
   * Creates `kubernetes_network_policy_v1` for each end that was granted.
   *
   * @throws {ValidationError} if the team may not open traffic, for a database with a security group, and for what `Namespace.allow` refuses
   */
  allow(traffic: Traffic<INamespace>): void {
    const fix = "the platform can open it, or grant it: 'networkPolicies' in the team's contract";
    const group = securityGroupOf(traffic);
    const rule = "must not be given: the security group of a database is the platform's to open";
    const groupFix = "leave it out, and ask the platform to let the cluster's nodes into that group";
    new Faults(this.node.path)
      .check(this.mayOpenTraffic, "identity.networkPolicies", "must be granted to open traffic", false, fix)
      .check(group === undefined, "to.database.securityGroupId", rule, group, groupFix)
      .throwIfAny();
    allowTraffic(this, traffic, this.network);
  }
}

/** Whatever else is wrong with the sentence is told where it is checked. */
function securityGroupOf({ to }: Partial<Traffic<INamespace>>): string | undefined {
  return typeof to === "object" && to !== null && "database" in to ? to.database?.securityGroupId : undefined;
}
