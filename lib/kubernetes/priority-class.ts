import { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { MANAGED_LABELS } from "./labels";
import { checkNameTaken, checkStack, othersInStack } from "./stack-check";

/** Larger values belong to Kubernetes: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
const VALUE = { min: -2_147_483_648, max: 1_000_000_000 };

/** All values of `PreemptionPolicy`. */
export const PREEMPTION_POLICIES = ["PreemptLowerPriority", "Never"] as const;

/** Whether pods of a class may push out pods of lower priority. */
export type PreemptionPolicy = (typeof PREEMPTION_POLICIES)[number];

/** A priority class of the cluster. */
export interface PriorityClassProps {
  /** Must not begin with `system-`. Changing it replaces the class. */
  readonly className: string;
  /** Pods of a larger value go first. Range: -2147483648 to 1000000000; pods without a class have 0. Changing it replaces the class. */
  readonly value: number;
  /** Which pods should have it. */
  readonly description: string;
  /**
   * Whether a pod that finds no room may push out pods of lower priority. Changing it replaces the class.
   *
   * @default "PreemptLowerPriority"
   */
  readonly preemptionPolicy?: PreemptionPolicy;
  /**
   * Whether new pods without a class take this one. A cluster has at most one such class.
   *
   * @default false
   */
  readonly globalDefault?: boolean;
}

/**
 * A priority for pods. Pods that are there keep theirs when the class is replaced.
 *
 * Creates `kubernetes_priority_class_v1`.
 *
 * @throws {ValidationError} if the name or the value belongs to Kubernetes, or there is no description. Synth fails if the stack has another
 * class of the name.
 */
export class PriorityClass extends Construct {
  readonly className: string;
  readonly globalDefault: boolean;
  readonly resource: PriorityClassV1;

  constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPriorityClass(faults, props);
    faults.throwIfAny();

    const { className, value, description, preemptionPolicy = "PreemptLowerPriority", globalDefault = false } = props;
    this.className = className;
    this.resource = new PriorityClassV1(this, "Resource", {
      metadata: { name: className, labels: MANAGED_LABELS },
      value,
      description,
      preemptionPolicy,
      globalDefault,
    });
    this.globalDefault = globalDefault;
    checkNameTaken(this, PriorityClass, "className", (each) => each.className);
    checkStack(this, (stackFaults) => {
      const others = globalDefault ? othersInStack(this, PriorityClass).filter((each) => each.globalDefault) : [];
      for (const { node } of others) {
        stackFaults.add("globalDefault", `must be false, because ${node.path} is the default`, true);
      }
    });
  }
}

/** Adds what is wrong with a priority class. */
export function checkPriorityClass(
  faults: Faults,
  { className, value, description, preemptionPolicy }: PriorityClassProps,
  property: (name: string) => string = (name) => name,
): void {
  faults
    .literal(property("className"), className)
    .matches(
      property("className"),
      className,
      DNS_SUBDOMAIN,
      "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253",
    )
    .matches(property("className"), className, /^(?!system-)/, "must not begin with system-")
    .integer(property("value"), value, VALUE.min, VALUE.max)
    .check(description.trim() !== "", property("description"), "must say which pods should have the class")
    .oneOf(property("preemptionPolicy"), preemptionPolicy, PREEMPTION_POLICIES);
}
