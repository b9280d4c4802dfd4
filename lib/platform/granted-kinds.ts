import type { RoleRule } from "../kubernetes/role-rules";
import { teamRules } from "../kubernetes/team-roles";

/** Group and plural of what each resource of the Kubernetes provider writes, by the name of its type without provider and version. */
const KINDS: Readonly<Record<string, readonly [apiGroup: string, resource: string]>> = {
  config_map: ["", "configmaps"],
  config_map_v1_data: ["", "configmaps"],
  cron_job: ["batch", "cronjobs"],
  daemon_set: ["apps", "daemonsets"],
  daemonset: ["apps", "daemonsets"],
  default_service_account: ["", "serviceaccounts"],
  deployment: ["apps", "deployments"],
  horizontal_pod_autoscaler: ["autoscaling", "horizontalpodautoscalers"],
  ingress: ["networking.k8s.io", "ingresses"],
  job: ["batch", "jobs"],
  persistent_volume_claim: ["", "persistentvolumeclaims"],
  pod: ["", "pods"],
  pod_disruption_budget: ["policy", "poddisruptionbudgets"],
  secret: ["", "secrets"],
  secret_v1_data: ["", "secrets"],
  service: ["", "services"],
  service_account: ["", "serviceaccounts"],
  stateful_set: ["apps", "statefulsets"],
};

/** What to do instead of what changes an object of any kind, by the same names. */
const INSTEAD: Readonly<Record<string, string>> = {
  annotations: "write them on the object itself",
  env: "write them in the workload itself",
  labels: "write them on the object itself",
  manifest: "use the resource of its kind, or a chart",
};

/** Name of a type without provider and version, such as `config_map` of `kubernetes_config_map_v1`. */
function nameOf(type: string): string {
  return type.replace(/^kubernetes_/, "").replace(/_v\d+((alpha|beta)\d+)?$/, "");
}

/** Whether the role `deploy` of a team may write what a resource of the Kubernetes provider makes. Network policies have a grant of their own. */
export function mayDeploy(type: string): boolean {
  const kind = Object.hasOwn(KINDS, nameOf(type)) ? KINDS[nameOf(type)] : undefined;
  return kind !== undefined && DEPLOY.some((rule) => allowsCreate(rule, kind));
}

/** What to do instead of a type that writes objects of any kind, which nobody can judge; undefined if it does not. */
export function insteadOf(type: string): string | undefined {
  return Object.hasOwn(INSTEAD, nameOf(type)) ? INSTEAD[nameOf(type)] : undefined;
}

const DEPLOY = teamRules("deploy");

function allowsCreate(
  { apiGroups, resources, verbs }: RoleRule,
  [apiGroup, resource]: readonly [string, string],
): boolean {
  return apiGroups.includes(apiGroup) && resources.includes(resource) && verbs.includes("create");
}
