import { type AccessRequest, isAllowed } from "../../lib/kubernetes/role-rules";
import type { Body, Synthesized } from "./synth";

/** Somebody as the API server knows them after login. */
export interface Login {
  readonly user?: string;
  readonly groups: readonly string[];
}

interface SynthesizedRole {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly rule: readonly {
    readonly api_groups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly resource_names?: readonly string[];
  }[];
}

interface SynthesizedBinding {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly role_ref: { readonly api_group: string; readonly kind: string; readonly name: string };
  readonly subject: readonly { readonly api_group: string; readonly kind: string; readonly name: string }[];
}

/** Decides requests as a cluster would that has the roles and bindings of a stack, and nothing else. */
export function authorizer(stack: Synthesized) {
  const roles = bodies<SynthesizedRole>(stack, "kubernetes_role_v1");
  const bindings = bodies<SynthesizedBinding>(stack, "kubernetes_role_binding_v1");
  return {
    /** The groups that the access entries of a stack put a principal in. */
    login(principalArn: string): Login {
      const entries = Object.values(stack.resources("aws_eks_access_entry"));
      const own = entries.filter((entry) => entry.principal_arn === principalArn);
      return { groups: own.flatMap((entry) => entry.kubernetes_groups as string[]) };
    },
    allows({ user, groups }: Login, namespace: string, request: AccessRequest): boolean {
      return bindings
        .filter((binding) => binding.metadata.namespace === namespace)
        .filter(({ subject }) =>
          subject.some(({ kind, name }) =>
            kind === "Group" ? groups.includes(name) : kind === "User" && user === name,
          ),
        )
        .some(({ role_ref }) => {
          const role = roles.find(
            ({ metadata }) => metadata.namespace === namespace && metadata.name === role_ref.name,
          );
          if (role_ref.kind !== "Role" || !role)
            throw new Error(`a binding has no role ${role_ref.name} in ${namespace}`);
          return isAllowed(
            role.rule.map(({ api_groups, resource_names, ...rest }) => ({
              ...rest,
              apiGroups: api_groups,
              resourceNames: resource_names,
            })),
            request,
          );
        });
    },
  };
}

/** The bodies of a type with the references to other resources' names followed. */
function bodies<T>(stack: Synthesized, type: string): T[] {
  const follow = (value: unknown): unknown => {
    if (typeof value === "string" && value.includes("${")) {
      const [, ofType = "", id = ""] = /^\$\{(\w+)\.([\w-]+)\.metadata\[0\]\.name\}$/.exec(value) ?? [];
      const target = stack.resources(ofType)[id] as { metadata: Body } | undefined;
      if (!target) throw new Error(`${value} is the name of nothing in the stack`);
      return target.metadata.name;
    }
    if (Array.isArray(value)) return value.map(follow);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, follow(each)]));
    }
    return value;
  };
  return Object.values(stack.resources(type)).map((body) => follow(body) as T);
}
