import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../core/account";
import { Faults } from "../core/faults";
import type { ICluster } from "./cluster-interface";

/**
 * Policies that EKS keeps for people and pipelines.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const ACCESS_POLICIES = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
] as const;

/** Name of an access policy of EKS. */
export type AccessPolicyName = (typeof ACCESS_POLICIES)[number];

/** A policy, for the whole cluster or for some namespaces. */
export interface AccessPolicy {
  readonly policy: AccessPolicyName;
  /**
   * Namespaces it holds in; they need not exist yet.
   *
   * @default - the whole cluster
   */
  readonly namespaces?: readonly string[];
}

/** Who gets in, and as what. */
export interface AccessEntryOptions {
  /** An IAM role or user. Changing it replaces the entry. */
  readonly principalArn: string;
  /** @default - none: only what `kubernetesGroups` give */
  readonly policies?: readonly AccessPolicy[];
  /**
   * Kubernetes groups, for role bindings. Never `system:` ones. Whoever is in `team:<team>:<role>` has that role of the team: records
   * refuse such groups.
   *
   * @default - none
   */
  readonly kubernetesGroups?: readonly string[];
}

export interface AccessEntryProps extends AccessEntryOptions {
  readonly cluster: ICluster;
  /**
   * What must be there before: the principal itself, where the stack makes it. EKS takes an entry only of a principal that is there.
   *
   * @default - nothing but the cluster
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Lets one IAM principal into a cluster.
 *
 * Creates `aws_eks_access_entry` and an `aws_eks_access_policy_association` for each policy. Node roles need none: EKS makes theirs.
 *
 * @throws {ValidationError} if the principal is not an IAM role or user, or a group begins with `system:`
 */
export class AccessEntry extends Construct {
  readonly principalArn: string;
  readonly resource: EksAccessEntry;

  constructor(
    scope: Construct,
    id: string,
    { cluster, principalArn, policies = [], kubernetesGroups = [], after = [] }: AccessEntryProps,
  ) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkAccessEntry(faults, { principalArn, policies, kubernetesGroups }, (name) => name);
    faults.throwIfAny();

    this.principalArn = principalArn;
    this.resource = new EksAccessEntry(this, "Resource", {
      clusterName: cluster.clusterRef,
      principalArn,
      type: "STANDARD",
      kubernetesGroups: kubernetesGroups.length > 0 ? [...kubernetesGroups] : undefined,
      dependsOn: after.length > 0 ? [...after] : undefined,
    });
    for (const { policy, namespaces } of policies) {
      new EksAccessPolicyAssociation(this, policy, {
        clusterName: cluster.clusterRef,
        principalArn,
        policyArn: `arn:${partitionOf(cluster.account.region)}:eks::aws:cluster-access-policy/${policy}`,
        accessScope: namespaces ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
        dependsOn: [this.resource],
      });
    }
  }
}

/** Adds what is wrong with an access entry. */
export function checkAccessEntry(faults: Faults, entry: AccessEntryOptions, property: (name: string) => string): void {
  const policies = entry.policies ?? [];
  faults
    .matches(
      property("principalArn"),
      entry.principalArn,
      /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/,
      "must be the ARN of an IAM role or user",
    )
    .unique(
      property("policies"),
      policies.map(({ policy }) => policy),
    );
  for (const { policy, namespaces } of policies) {
    faults.oneOf(property("policies"), policy, ACCESS_POLICIES);
    faults.check(
      namespaces?.length !== 0,
      property("policies"),
      "must name at least one namespace, or none at all for the cluster",
      policy,
    );
  }
  for (const group of entry.kubernetesGroups ?? []) {
    faults.check(
      !group.startsWith("system:"),
      property("kubernetesGroups"),
      "must not begin with system:",
      group,
      "use an access policy",
    );
  }
}
