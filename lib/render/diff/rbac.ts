import { isMap } from "../objects/is-map";
import { apiGroup, type KubernetesObject } from "../objects/kubernetes-object";
import type { Mark } from "./marks";
import { at, compareText, isSame, listAt } from "./plain-data";

/** One right: a verb on a resource, on one of its objects, or on a URL. */
interface Right {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly url?: string;
}

/** Marks what RBAC allows in head and did not in base. Left out base: the object is new. A role that is new gives nobody anything yet. */
export function rbacMarks(base: KubernetesObject | undefined, head: KubernetesObject): Mark[] {
  if (apiGroup(head) !== "rbac.authorization.k8s.io") return [];
  const gains = head.kind.endsWith("Binding")
    ? newBindings(base, head)
    : [...(base ? newRights(base, head) : []), ...newAggregation(base, head)];
  return gains.length > 0 ? [{ mark: "rbac-widened", gains }] : [];
}

function newRights(base: KubernetesObject, head: KubernetesObject): string[] {
  const owned = listAt(base, "rules");
  const rights = listAt(head, "rules")
    .flatMap(rightsOf)
    .filter((right) => !owned.some((rule) => covers(rule, right)));
  const verbs = new Map<string, Set<string>>();
  for (const right of rights) {
    const target = targetOf(right);
    verbs.set(target, (verbs.get(target) ?? new Set()).add(right.verb));
  }
  return [...verbs]
    .sort(([one], [other]) => compareText(one, other))
    .map(([target, names]) => `${[...names].sort(compareText).join(", ")} ${target}`);
}

function rightsOf(rule: unknown): Right[] {
  const verbs = texts(rule, "verbs");
  const names = texts(rule, "resourceNames");
  const onResources = texts(rule, "apiGroups").flatMap((group) =>
    texts(rule, "resources").flatMap((resource) =>
      (names.length > 0 ? names : [undefined]).flatMap((name) =>
        verbs.map((verb) => ({ verb, group, resource, ...(name === undefined ? {} : { name }) })),
      ),
    ),
  );
  const onUrls = texts(rule, "nonResourceURLs").flatMap((url) => verbs.map((verb) => ({ verb, url })));
  return [...onResources, ...onUrls];
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.35.4/staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go */
function covers(rule: unknown, { verb, group, resource, name, url }: Right): boolean {
  const has = (field: string, value: string) => texts(rule, field).some((owned) => owned === "*" || owned === value);
  if (!has("verbs", verb)) return false;
  if (url !== undefined) {
    return texts(rule, "nonResourceURLs").some(
      (owned) => owned === url || (owned.endsWith("*") && url.startsWith(owned.replace(/\*+$/, ""))),
    );
  }
  const names = texts(rule, "resourceNames");
  const subresource = resource?.includes("/") ? `*/${resource.slice(resource.indexOf("/") + 1)}` : undefined;
  return (
    has("apiGroups", group ?? "") &&
    (has("resources", resource ?? "") || (subresource !== undefined && has("resources", subresource))) &&
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}

function targetOf({ group, resource, name, url }: Right): string {
  if (url !== undefined) return url;
  return `${resource}${group ? `.${group}` : ""}${name === undefined ? "" : ` ${name}`}`;
}

const AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";

/** A label can add a role to others, a selector can add others to it. */
function newAggregation(base: KubernetesObject | undefined, head: KubernetesObject): string[] {
  const before = listAt(base, "aggregationRule", "clusterRoleSelectors");
  const selectors = listAt(head, "aggregationRule", "clusterRoleSelectors").filter(
    (selector) => base && !before.some((owned) => isSame(owned, selector)),
  );
  const labels = Object.entries(head.metadata.labels ?? {}).filter(
    ([label, value]) =>
      label.startsWith(AGGREGATE) && value === "true" && at(base, "metadata", "labels", label) !== "true",
  );
  return [
    ...selectors.map(() => "the rules of more cluster roles"),
    ...labels.map(([label]) => `ClusterRole ${label.slice(AGGREGATE.length)} gets its rules`),
  ];
}

function newBindings(base: KubernetesObject | undefined, head: KubernetesObject): string[] {
  const before = base ? bindingsOf(base) : [];
  return bindingsOf(head).filter((binding) => !before.includes(binding));
}

function bindingsOf(binding: KubernetesObject): string[] {
  const role = `${at(binding, "roleRef", "kind")} ${at(binding, "roleRef", "name")}`;
  return listAt(binding, "subjects")
    .filter(isMap)
    .map(({ kind, namespace, name }) => `${kind} ${namespace ? `${namespace}/` : ""}${name} gets ${role}`);
}

function texts(rule: unknown, field: string): string[] {
  return listAt(rule, field).map(String);
}
