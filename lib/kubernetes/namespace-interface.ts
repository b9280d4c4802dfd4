import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { Removal } from "../core/removal";
import type { PodSecurityLevel } from "./pod-security";
import type { Traffic } from "./traffic";

/** A namespace, made here or elsewhere. */
export interface INamespace extends IConstruct {
  /** Known at synth. */
  readonly namespaceName: string;
  /** The name as the resource gives it: what uses it is made after the namespace. */
  readonly namespaceRef: string;
  /** Minor version of the cluster, for example `1.35`. */
  readonly kubernetesVersion: string;
  /** What its pods must meet. */
  readonly podSecurityLevel: PodSecurityLevel;
  /**
   * Whether nothing goes in or out but what is allowed. Traffic with it is then opened at its end too; the end of another is left
   * alone, because the first policy of a namespace cuts off everything that the policy does not name.
   */
  readonly deniesByDefault: boolean;
  /**
   * What to write in another stack, where this object cannot be used, as the end of a message: `use platform.namespace("jobs") of this
   * stack's Platform`.
   *
   * @default - to name it with `Namespace.fromName(...)`
   */
  readonly inOtherStacks?: string;
  /**
   * Removal of releases in the namespace that say none themselves.
   *
   * @default "retain"
   */
  readonly removal?: Removal;
  /** What must be there before its pods, and outlive them: quota, limits, policies and service accounts made so far. */
  readonly dependables: readonly ITerraformDependable[];
  /** Adds what pods of the namespace wait for. It must stand in the namespace's stack. */
  addDependable(...dependables: ITerraformDependable[]): void;
}

/** A namespace whose traffic can be opened from here. */
export interface ITrafficNamespace extends INamespace {
  /**
   * Whether `allow` is granted to whoever uses the namespace.
   *
   * @default true
   */
  readonly mayOpenTraffic?: boolean;
  /**
   * Lets traffic through, at both ends: out of one namespace, and into the other. Who says it does not matter: `reports.allow({ from:
   * genomics, … })` makes the same resources at the same addresses as `genomics.allow({ to: reports, … })`, and only one of them may be said.
   *
   * @throws {ValidationError} if it opens everything, opens nothing, is said twice, its peer is a namespace of another
   * stack, or it needs something of the cluster that is not known
   */
  allow(traffic: Traffic<INamespace>): void;
}
