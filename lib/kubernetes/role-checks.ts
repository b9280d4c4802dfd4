import { Token } from "cdktf";
import type { Faults } from "../core/faults";
import { checkReason } from "./reason";
import { isAllowed, type RoleRule } from "./role-rules";

interface Risk {
  readonly apiGroup: string;
  readonly resource: string;
  /** Reading is harmless unless it says so. */
  readonly reading?: true;
  readonly grants: string;
}

/** What a role may hold only for a reason. */
const RISKS: readonly Risk[] = [
  { apiGroup: "", resource: "secrets", reading: true, grants: "every Secret of the namespace" },
  { apiGroup: "", resource: "pods/exec", reading: true, grants: "a shell in every pod" },
  { apiGroup: "", resource: "pods/attach", reading: true, grants: "the terminal of every pod" },
  { apiGroup: "", resource: "pods/portforward", reading: true, grants: "every port of every pod" },
  { apiGroup: "", resource: "pods/proxy", reading: true, grants: "every pod, past network policies" },
  { apiGroup: "", resource: "services/proxy", reading: true, grants: "every Service, past network policies" },
  { apiGroup: "", resource: "pods/ephemeralcontainers", grants: "a container of one's own in every pod" },
  { apiGroup: "", resource: "serviceaccounts/token", grants: "a login as every service account" },
  { apiGroup: "", resource: "namespaces", grants: "the labels that hold its pods to Pod Security" },
  { apiGroup: "", resource: "resourcequotas", grants: "the namespace's quota" },
  { apiGroup: "", resource: "limitranges", grants: "the namespace's limits" },
  { apiGroup: "", resource: "endpoints", grants: "where Services and Ingresses send requests" },
  { apiGroup: "discovery.k8s.io", resource: "endpointslices", grants: "where Services and Ingresses send requests" },
  { apiGroup: "networking.k8s.io", resource: "networkpolicies", grants: "the namespace's isolation" },
  { apiGroup: "rbac.authorization.k8s.io", resource: "roles", grants: "what others may do" },
  { apiGroup: "rbac.authorization.k8s.io", resource: "rolebindings", grants: "what others may do" },
];

const READING = ["get", "list", "watch"];

/** No reason lets these through: they lift the rule that nobody hands out more than they have. */
const REFUSED_VERBS = ["escalate", "bind", "impersonate"];

/** What lies outside namespaces, by API group: a Role that names it grants nothing. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  "": ["nodes", "persistentvolumes"],
  "admissionregistration.k8s.io": [
    "mutatingwebhookconfigurations",
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
    "validatingwebhookconfigurations",
  ],
  "apiextensions.k8s.io": ["customresourcedefinitions"],
  "apiregistration.k8s.io": ["apiservices"],
  "certificates.k8s.io": ["certificatesigningrequests"],
  "rbac.authorization.k8s.io": ["clusterroles", "clusterrolebindings"],
  "scheduling.k8s.io": ["priorityclasses"],
  "storage.k8s.io": ["csidrivers", "storageclasses", "volumeattachments"],
};

const FIELDS = [
  {
    field: "apiGroups",
    pattern: /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$/,
    rule: "must be API groups in lower case without a version",
    fix: 'for example "apps"; the core group is ""',
  },
  {
    field: "resources",
    pattern: /^[a-z0-9-]+(\/[a-z0-9-]+)?$/,
    rule: "must be plural names in lower case",
    fix: 'for example "deployments" or "pods/log"',
  },
  { field: "verbs", pattern: /^[a-z-]+$/, rule: "must be verbs in lower case", fix: 'for example "get"' },
  { field: "resourceNames", pattern: /^[^/*]+$/, rule: "must be names of objects", fix: undefined },
] as const;

/**
 * Adds what is wrong with the rules of a role in a namespace. Refused are wildcards, the verbs `escalate`, `bind` and `impersonate`, and what
 * lies outside namespaces. Secrets without names, shells and ports of pods, tokens, and writing what keeps teams apart need a `reason`.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export function checkRules(faults: Faults, property: string, rules: readonly RoleRule[]): void {
  faults.check(rules.length > 0, property, "must have at least one rule");
  for (const [index, rule] of rules.entries()) {
    const path = `${property}[${index}]`;
    const found = faults.all.length;
    checkFields(faults, path, rule);
    // What a rule grants can be told only of rules that are well written.
    if (faults.all.length > found) continue;
    for (const verb of rule.verbs.filter((each) => REFUSED_VERBS.includes(each))) {
      faults.add(`${path}.verbs`, `must not have ${verb}`, undefined, "let the platform make the role or the binding");
    }
    for (const resource of outside(rule)) {
      faults.add(`${path}.resources`, "must lie in a namespace", resource, "leave it out: a Role grants nothing of it");
    }
    if (rule.reason === undefined) checkRisks(faults, `${path}.reason`, rule);
    else checkReason(faults, `${path}.reason`, rule.reason);
  }
}

function checkFields(faults: Faults, path: string, rule: RoleRule): void {
  for (const { field, pattern, rule: shape, fix } of FIELDS) {
    const name = `${path}.${field}`;
    const values = rule[field];
    // An empty list of names would mean all names, an empty one of anything else nothing at all.
    faults.check(values?.length !== 0, name, "must not be empty").literal(name, values);
    if (Token.isUnresolved(values)) continue;
    for (const value of values ?? []) {
      if (value.includes("*")) faults.add(name, "must not have a wildcard", value, "list what is needed");
      else faults.literal(name, value).matches(name, value, pattern, shape, fix);
    }
  }
}

function outside({ apiGroups, resources }: RoleRule): string[] {
  const names = apiGroups.flatMap((group) => OUTSIDE[group] ?? []);
  return resources.filter((resource) => names.includes(resource.replace(/\/.*/, "")));
}

function checkRisks(faults: Faults, property: string, rule: RoleRule): void {
  for (const risk of RISKS.filter((each) => isTaken(each, rule))) {
    faults.add(
      property,
      `must say why the role needs ${risk.resource}, that is ${risk.grants}`,
      undefined,
      risk.resource === "secrets" ? "or name the Secrets in 'resourceNames'" : undefined,
    );
  }
}

function isTaken({ apiGroup, resource, reading }: Risk, rule: RoleRule): boolean {
  if (resource === "secrets" && rule.resourceNames) return false;
  const whole = { ...rule, resourceNames: undefined };
  return rule.verbs
    .filter((verb) => reading || !READING.includes(verb))
    .some((verb) => isAllowed([whole], { verb, apiGroup, resource }));
}
