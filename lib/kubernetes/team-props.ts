import type { ITerraformDependable } from "cdktf";
import type { TagMap } from "../core/tags";
import type { ICluster } from "../eks/cluster-interface";
import type { INamespace } from "./namespace-interface";
import type { RoleRule } from "./role-rules";
import type { ServiceAccountOptions } from "./service-account";

/** Somebody of a team: exactly one of `principalArn`, `group` and `user`. */
export interface TeamMember {
  /** An IAM role or user, by an access entry of its own; needs an EKS cluster. */
  readonly principalArn?: string;
  /** A group, as the cluster's login gives it. Never a `system:` one, nor that of another team or role. */
  readonly group?: string;
  /** A user, as the cluster's login names them. Never a `system:` one. */
  readonly user?: string;
  /** `view`, `edit`, `deploy`, `admin`, or one of the team's own `roles`. */
  readonly role: string;
}

/** Somebody of a team that is made, with what must be there before they are let in. */
export interface TeamMemberProps extends TeamMember {
  /**
   * With `principalArn` alone. What must be there before its access entry: the role itself, where the stack makes it. EKS takes an entry only
   * of a principal that is there.
   *
   * @default - nothing but the cluster
   */
  readonly after?: readonly ITerraformDependable[];
}

/** A role of a team's own. */
export interface TeamRole {
  /** What `checkRules` refuses is refused; what it wants a reason for needs one. */
  readonly rules: readonly RoleRule[];
}

/** A service account of a team, in one of its namespaces. */
export interface TeamServiceAccount extends ServiceAccountOptions {
  /** One of the team's namespaces. */
  readonly namespace: string;
}

/** A team's name, members, roles and service accounts. */
export interface TeamOptions {
  /** Lower-case letters, digits and `-`, at most 63; once for each cluster. Changing it replaces roles and bindings. */
  readonly teamName: string;
  /**
   * Somebody with two roles stands here twice.
   *
   * @default - none
   */
  readonly members?: readonly TeamMember[];
  /**
   * Roles of the team's own, by name. A role that no member has is not made.
   *
   * @default - none
   */
  readonly roles?: Readonly<Record<string, TeamRole>>;
  /** @default - none */
  readonly serviceAccounts?: readonly TeamServiceAccount[];
  /**
   * Tags of every AWS resource of the team. They win over those of the stack. `Environment` and `ManagedBy` are the platform's.
   *
   * @default - `Team` alone, with the team's name
   */
  readonly tags?: TagMap;
}

/** A team, its namespaces and its cluster. */
export interface TeamProps extends TeamOptions {
  /**
   * Somebody with two roles stands here twice.
   *
   * @default - none
   */
  readonly members?: readonly TeamMemberProps[];
  /** At least one, and none of Kubernetes itself. Every role of the team holds in each of them, and nowhere else. */
  readonly namespaces: readonly INamespace[];
  /**
   * The EKS cluster that the namespaces lie in.
   *
   * @default - none: a cluster without AWS, whose members are groups and users
   */
  readonly cluster?: ICluster;
}
