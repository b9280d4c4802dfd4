import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { MANAGED_LABELS } from "./labels";
import type { INamespace } from "./namespace-interface";
import { REASON_ANNOTATION } from "./reason";
import { checkRules } from "./role-checks";
import type { RoleRule } from "./role-rules";

/** Who has a role, as the API server knows them. */
export interface Subject {
  readonly kind: "Group" | "User";
  readonly name: string;
}

/** A role in one namespace, and who has it. */
export interface BoundRoleProps {
  readonly namespace: INamespace;
  /** Name of the Role and of its binding. Changing it replaces both. */
  readonly roleName: string;
  readonly rules: readonly RoleRule[];
  /** At least one. */
  readonly subjects: readonly Subject[];
  /** @default - `managed-by` alone */
  readonly labels?: Readonly<Record<string, string>>;
}

const API_GROUP = "rbac.authorization.k8s.io";

/**
 * A role in one namespace, and who has it. The reasons of its rules stand in an annotation, a line for each.
 *
 * Creates `kubernetes_role_v1` and `kubernetes_role_binding_v1`.
 *
 * @throws {ValidationError} if a rule is refused by `checkRules`, nobody has the role, or a subject belongs to Kubernetes
 */
export class BoundRole extends Construct {
  readonly resource: RoleV1;
  readonly binding: RoleBindingV1;

  constructor(
    scope: Construct,
    id: string,
    { namespace, roleName, rules, subjects, labels: extraLabels }: BoundRoleProps,
  ) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    // A path segment of the API: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
    faults
      .literal("roleName", roleName)
      .matches("roleName", roleName, /^(?!\.{1,2}$)[^/%]+$/, "must have no '/' and no '%'")
      .check(subjects.length > 0, "subjects", "must name at least one group or user");
    for (const [index, { kind, name }] of subjects.entries()) {
      const property = `subjects[${index}].name`;
      faults
        .oneOf(`subjects[${index}].kind`, kind ?? "", ["Group", "User"])
        .literal(property, name)
        .matches(property, name ?? "", /^(?!system:)./, "must not be empty nor begin with system:");
    }
    checkRules(faults, "rules", rules);
    faults.throwIfAny();

    const labels = { ...MANAGED_LABELS, ...extraLabels };
    const reasons = reasonsOf(rules);
    this.resource = new RoleV1(this, "Resource", {
      metadata: {
        name: roleName,
        namespace: namespace.namespaceRef,
        labels,
        annotations: reasons ? { [REASON_ANNOTATION]: reasons } : undefined,
      },
      rule: rules.map(({ apiGroups, resources, verbs, resourceNames }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
        resourceNames: resourceNames && [...resourceNames],
      })),
    });
    this.binding = new RoleBindingV1(this, "Binding", {
      metadata: { name: roleName, namespace: namespace.namespaceRef, labels },
      roleRef: { apiGroup: API_GROUP, kind: "Role", name: this.resource.metadata.name },
      subject: subjects.map(({ kind, name }) => ({ apiGroup: API_GROUP, kind, name })),
    });
  }
}

function reasonsOf(rules: readonly RoleRule[]): string {
  return rules.flatMap(({ resources, reason }) => (reason ? [`${resources.join(", ")}: ${reason}`] : [])).join("\n");
}
