import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { ICluster } from "./cluster-interface";

/** One add-on of a cluster. */
export interface AddonProps {
  readonly cluster: ICluster;
  /** For example `vpc-cni`. Changing it replaces the add-on. */
  readonly addonName: string;
  /** The exact build, for example `v1.22.4-eksbuild.3`. Never replaces the add-on. */
  readonly addonVersion: string;
  /**
   * Settings as the add-on's own schema names them (`aws eks describe-addon-configuration`). Plain data.
   *
   * @default - the add-on's defaults
   */
  readonly configurationValues?: Readonly<Record<string, unknown>>;
  /**
   * What must work before: node groups, for add-ons whose pods need a node to become healthy.
   *
   * @default - nothing but the cluster
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * An EKS add-on at an exact version. Settings made in the cluster by others are kept on update; what exists at creation is taken over.
 *
 * Creates `aws_eks_addon`.
 *
 * @throws {ValidationError} if `addonVersion` is not an exact build
 */
export class Addon extends Construct {
  readonly addonName: string;
  readonly resource: EksAddon;

  constructor(scope: Construct, id: string, { cluster, ...props }: AddonProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkAddonVersion(faults, "addonVersion", props.addonVersion);
    faults.literal("addonName", props.addonName).throwIfAny();

    this.addonName = props.addonName;
    this.resource = new EksAddon(this, "Resource", {
      clusterName: cluster.clusterRef,
      addonName: props.addonName,
      addonVersion: props.addonVersion,
      configurationValues: props.configurationValues && JSON.stringify(props.configurationValues),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "PRESERVE",
      preserve: false,
      dependsOn: props.after && [...props.after],
    });
  }
}

/** Adds a fault unless the version is one build of an add-on. */
export function checkAddonVersion(faults: Faults, property: string, version: string): void {
  if (Token.isUnresolved(version)) return;
  faults.matches(
    property,
    version,
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    "must be an exact build of the add-on",
    'for example "v1.22.4-eksbuild.3"; aws eks describe-addon-versions lists them',
  );
}
