import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { Removal } from "../core/removal";
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
  /** All namespaces that were granted with it. */
  readonly granted: readonly string[];
  readonly kubernetesVersion: string;
  readonly network: ClusterNetwork;
  /** Whether the team may open its traffic. */
  readonly networkPolicies: boolean;
  readonly removal?: Removal;
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
  readonly inOtherStacks: string;
  readonly removal?: Removal;
  /** Whether the team may open its traffic. */
  readonly mayOpenTraffic: boolean;
  private readonly granted: readonly string[];
  private readonly network: ClusterNetwork;
  private readonly made: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: GrantedNamespaceProps) {
    super(scope, id);
    this.namespaceName = props.namespaceName;
    this.namespaceRef = props.namespaceName;
    this.kubernetesVersion = props.kubernetesVersion;
    this.podSecurityLevel = props.facts.podSecurityLevel;
    this.granted = [...props.granted];
    this.network = structuredClone(props.network);
    this.mayOpenTraffic = props.networkPolicies;
    this.inOtherStacks = `use platform.namespace(${JSON.stringify(props.namespaceName)}) of this stack's Platform`;
    this.removal = props.removal;
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
   * @throws {ValidationError} if the team may not open traffic, for a database with a security group, for another granted namespace that
   * does not come from `Platform.namespace`, and for what `Namespace.allow` refuses
   */
  allow(traffic: Traffic<INamespace>): void {
    const fix = "the platform can open it, or grant it: 'networkPolicies' in the team's contract";
    const group = securityGroupOf(traffic);
    const rule = "must not be given: the security group of a database is the platform's to open";
    const groupFix = "leave it out, and ask the platform to let the cluster's nodes into that group";
    const faults = new Faults(this.node.path);
    this.checkPeers(faults, traffic);
    faults
      .check(this.mayOpenTraffic, "identity.networkPolicies", "must be granted to open traffic", false, fix)
      .check(group === undefined, "to.database.securityGroupId", rule, group, groupFix)
      .throwIfAny();
    allowTraffic(this, traffic, this.network);
  }

  /** A granted namespace that is named in another way keeps its own end closed. */
  private checkPeers(faults: Faults, traffic: Partial<Traffic<INamespace>> | undefined): void {
    for (const end of ["to", "from"] as const) {
      const peer: unknown = traffic?.[end];
      if (!Construct.isConstruct(peer)) continue;
      const { namespaceName } = peer as Partial<INamespace>;
      if (namespaceName === undefined || namespaceName === this.namespaceName) continue;
      const isStranger = this.granted.includes(namespaceName) && peer.node.scope !== this.node.scope;
      const rule = "must be the granted namespace itself: its own end stays closed otherwise";
      const fix = `use platform.namespace(${JSON.stringify(namespaceName)}) of this stack`;
      faults.check(!isStranger, end, rule, peer.node.path, fix);
    }
  }
}

/** Whatever else is wrong with the sentence is told where it is checked. */
function securityGroupOf(traffic: Partial<Traffic<INamespace>> | undefined): string | undefined {
  const to = traffic?.to;
  return typeof to === "object" && to !== null && "database" in to ? to.database?.securityGroupId : undefined;
}
