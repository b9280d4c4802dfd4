import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Addon } from "./addon";
import type { ICluster } from "./cluster-interface";
import { KNOWN_ADDONS, type KnownAddon } from "./known-addons";
import { PodIdentity } from "./pod-identity";

/** Add-ons of a cluster that come at the same time. */
export interface AddonsProps {
  readonly cluster: ICluster;
  /** Exact versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Which of them to make: those that nodes wait for, or those that wait for nodes. */
  readonly order: KnownAddon["order"];
  readonly after?: readonly ITerraformDependable[];
}

/**
 * One of the two groups of a cluster's add-ons, each add-on with the identity it needs. Make the first group, then node groups, then the
 * second.
 *
 * Creates `aws_eks_addon`, and for add-ons that call AWS a role and an `aws_eks_pod_identity_association`.
 */
export class Addons extends Construct {
  readonly all: readonly Addon[];

  constructor(scope: Construct, id: string, { cluster, versions, order, after = [] }: AddonsProps) {
    super(scope, id);
    this.all = Object.entries(versions)
      .filter(([name]) => (KNOWN_ADDONS[name]?.order ?? "after-nodes") === order)
      .map(([addonName, addonVersion]) => {
        const { identity, configurationValues } = KNOWN_ADDONS[addonName] ?? {};
        const podIdentity =
          identity &&
          new PodIdentity(this, `${addonName}-identity`, {
            cluster,
            namespace: "kube-system",
            serviceAccount: identity.serviceAccount,
            purposes: [identity.purpose],
          });
        return new Addon(this, addonName, {
          cluster,
          addonName,
          addonVersion,
          configurationValues,
          after: [...after, ...(podIdentity?.dependables ?? [])],
        });
      });
  }

  /** What to wait for. */
  get dependables(): ITerraformDependable[] {
    return this.all.map(({ resource }) => resource);
  }
}
