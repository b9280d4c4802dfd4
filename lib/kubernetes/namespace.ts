import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { guarded, REMOVALS } from "../core/removal";
import { allowTraffic } from "./allow-traffic";
import { type ClusterNetwork, checkClusterNetwork } from "./cluster-network";
import { ImportedNamespace, type NamespaceAttributes } from "./imported-namespace";
import { MANAGED_LABELS } from "./labels";
import { limitRangeItems, resolveLimits } from "./limits";
import { checkNamespace } from "./namespace-checks";
import type { INamespace, ITrafficNamespace } from "./namespace-interface";
import { checkKubernetesMinor } from "./namespace-name";
import type { NamespaceProps } from "./namespace-props";
import { denyPolicy, dnsPolicy } from "./network-policies";
import { type PodSecurityLevel, podSecurityLabels } from "./pod-security";
import { quotaHard, resolveQuota } from "./quota";
import { REASON_ANNOTATION } from "./reason";
import { refuseManifests } from "./refuse-manifests";
import { checkNameTaken } from "./stack-check";
import type { Traffic } from "./traffic";

/**
 * A namespace that is closed until it is opened: its pods must meet the Pod Security standard `restricted`, share a quota, get limits if
 * they name none, have no token for the Kubernetes API unless they ask for one, and reach nothing but DNS. `allow` opens the rest.
 *
 * Creates `kubernetes_namespace_v1`, `kubernetes_resource_quota_v1`, `kubernetes_limit_range_v1`, `kubernetes_default_service_account_v1`,
 * and `kubernetes_network_policy_v1` twice: one closes all, one lets names be resolved. Nodes reach their own pods all the same: probes
 * need no permission. In EKS the policies work only where the CNI enforces them.
 *
 * @throws {ValidationError} if the name is not one that Kubernetes allows, or belongs to Kubernetes; if a label is reserved, an exception has
 * no reason, a quantity is none, or a limit is above the quota. Synth fails if the stack makes another namespace of the name
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 * @example
 * const genomics = new Namespace(this, "Genomics", { namespaceName: "genomics", kubernetesVersion: "1.35", network });
 * genomics.allow({ to: reports, ports: [8080] });
 * genomics.allow({ from: "load-balancer", ports: [8000] });
 */
export class Namespace extends Construct implements ITrafficNamespace {
  /** A namespace that was made elsewhere, those of Kubernetes itself among them. */
  static fromName(scope: Construct, id: string, attributes: NamespaceAttributes): INamespace {
    return new ImportedNamespace(scope, id, attributes);
  }

  readonly namespaceName: string;
  readonly namespaceRef: string;
  readonly kubernetesVersion: string;
  readonly podSecurityLevel: PodSecurityLevel;
  readonly deniesByDefault = true;
  readonly resource: NamespaceV1;
  private readonly network: ClusterNetwork;
  private readonly made: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    const { namespaceName, kubernetesVersion, podSecurity, network = {}, removal = "retain" } = props;
    const faults = new Faults(this.node.path);
    checkNamespace(faults, props, (name) => name);
    checkKubernetesMinor(faults, "kubernetesVersion", kubernetesVersion);
    checkClusterNetwork(faults, network, (name) => `network.${name}`);
    faults.oneOf("removal", removal, REMOVALS).throwIfAny();

    refuseManifests(this);
    this.namespaceName = namespaceName;
    this.kubernetesVersion = kubernetesVersion;
    this.podSecurityLevel = podSecurity?.level ?? "restricted";
    this.network = structuredClone(network);
    this.resource = new NamespaceV1(this, "Resource", {
      metadata: {
        name: namespaceName,
        labels: { ...props.labels, ...MANAGED_LABELS, ...podSecurityLabels(this.podSecurityLevel, kubernetesVersion) },
        annotations: podSecurity && { [REASON_ANNOTATION]: podSecurity.reason },
      },
      waitForDefaultServiceAccount: true,
      timeouts: { delete: "15m" },
      lifecycle: guarded(removal),
    });
    this.namespaceRef = this.resource.metadata.name;
    this.made = this.makeParts(props);
    checkNameTaken(this, Namespace, "namespaceName", (each) => each.namespaceName);
  }

  /** What must be there before its pods, and outlive them: quota, limits, policies and service accounts made so far. */
  get dependables(): readonly ITerraformDependable[] {
    return [...this.made];
  }

  /** Adds what its pods wait for. It must stand in the namespace's stack. */
  addDependable(...dependables: ITerraformDependable[]): void {
    this.made.push(...dependables);
  }

  /**
   * Lets traffic through, at both ends: out of one namespace, and into the other. Who says it does not matter: `reports.allow({ from:
   * genomics, … })` makes the same resources at the same addresses as `genomics.allow({ to: reports, … })`, and only one of them may be said.
   *
   * Creates `kubernetes_network_policy_v1` for each end that denies by default, all under the namespace that the traffic leaves if that is
   * one of them, and for a database with a security group `aws_vpc_security_group_ingress_rule`. Other ports change a policy in place;
   * another peer or other pods make a new one.
   *
   * @throws {ValidationError} if it opens everything, opens nothing, is said twice, its peer is a namespace of another
   * stack, or it needs something of `network` that was not said
   */
  allow(traffic: Traffic<INamespace>): void {
    allowTraffic(this, traffic, this.network);
  }

  private makeParts({ quota: quotaOptions = {}, limits = {} }: NamespaceProps): ITerraformDependable[] {
    const quota = resolveQuota(quotaOptions);
    const metadata = (name: string) => ({ name, namespace: this.namespaceRef, labels: MANAGED_LABELS });
    return [
      new ResourceQuotaV1(this, "Quota", { metadata: metadata("quota"), spec: { hard: quotaHard(quota) } }),
      new LimitRangeV1(this, "Limits", {
        metadata: metadata("limits"),
        spec: { limit: limitRangeItems(resolveLimits(limits, quota)) },
      }),
      new DefaultServiceAccountV1(this, "DefaultServiceAccount", {
        metadata: { namespace: this.namespaceRef },
        automountServiceAccountToken: false,
      }),
      denyPolicy(this, "DefaultDeny", this),
      dnsPolicy(this, "Dns", this, this.network.dnsAddress),
    ];
  }
}
