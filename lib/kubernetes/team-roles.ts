import type { RoleRule } from "./role-rules";

/** Roles that every team has. Each holds what the one before it holds. */
export const TEAM_ROLES = ["view", "edit", "deploy", "admin"] as const;

/** What a member of a team may do in its namespaces. */
export type TeamRoleName = (typeof TEAM_ROLES)[number];

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete"];

const VIEW: readonly RoleRule[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "limitranges",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
    verbs: READ,
  },
  {
    apiGroups: ["apps"],
    resources: ["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: READ,
  },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: READ },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: READ },
  { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: READ },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: READ },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: READ },
];

const EDIT: readonly RoleRule[] = [
  { apiGroups: [""], resources: ["configmaps", "persistentvolumeclaims", "pods", "services"], verbs: WRITE },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "statefulsets"], verbs: WRITE },
  {
    apiGroups: ["apps"],
    resources: ["deployments/scale", "statefulsets/scale"],
    verbs: ["get", "update", "patch"],
  },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: WRITE },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: WRITE },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: WRITE },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: WRITE },
];

const DEPLOY: readonly RoleRule[] = [
  {
    apiGroups: [""],
    resources: ["secrets"],
    verbs: [...READ, ...WRITE],
    reason: "Helm keeps each revision of a release in a Secret with a name of its own, and charts make Secrets",
  },
  {
    apiGroups: [""],
    resources: ["serviceaccounts"],
    verbs: WRITE,
    reason: "most charts make a service account; without bindings it may do nothing in the API",
  },
];

// A client begins both with GET (WebSocket) or with POST (SPDY): `get` or `create`. For a WebSocket the server of 1.35 asks for `create` too:
// https://github.com/kubernetes/kubernetes/pull/134577
const ADMIN: readonly RoleRule[] = [
  {
    apiGroups: [""],
    resources: ["pods/exec"],
    verbs: ["get", "create"],
    reason: "whoever answers for the namespace must be able to look into a pod that fails",
  },
  {
    apiGroups: [""],
    resources: ["pods/portforward"],
    verbs: ["get", "create"],
    reason: "whoever answers for the namespace must reach an endpoint for diagnosis that no Service shows",
  },
];

const RULES: Readonly<Record<TeamRoleName, readonly RoleRule[]>> = {
  view: VIEW,
  edit: [...VIEW, ...EDIT],
  deploy: [...VIEW, ...EDIT, ...DEPLOY],
  admin: [...VIEW, ...EDIT, ...DEPLOY, ...ADMIN],
};

/**
 * What a role of every team may do in the team's namespaces. The ClusterRoles of Kubernetes with the same names are not used: `edit` of
 * those reads Secrets, opens shells, makes tokens and impersonates service accounts.
 *
 * - `view` reads workloads, their logs and events, configuration, quotas and network policies. No Secrets.
 * - `edit` writes workloads, Services, ConfigMaps, claims, scaling, disruption budgets and Ingresses.
 * - `deploy` is for a pipeline that installs charts: Secrets and service accounts besides.
 * - `admin` opens shells and ports of pods besides.
 *
 * None of them writes roles, bindings, network policies, quotas or limit ranges: those keep teams apart, and network policies add up, so
 * that one more opens what the default denies. A chart must have its own network policies and roles turned off. None asks the API for a token
 * (`serviceaccounts/token`), and none reaches anything outside namespaces: no CRDs, no namespaces.
 *
 * A role limits kinds, not fields. `edit` may write a pod of any priority class and a Service with any `externalIPs`; whoever writes Secrets
 * may make one that is a token of an account, which never expires. `TeamAdmission` refuses these three.
 *
 * Whoever may write workloads (`edit` and up) can run a pod that mounts any Secret of the namespace and runs as any of its service accounts.
 * That follows from how Kubernetes works; only a namespace of its own keeps a Secret from somebody with `edit`.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export function teamRules(role: TeamRoleName): readonly RoleRule[] {
  return structuredClone(RULES[role]);
}

export function isTeamRole(role: string): role is TeamRoleName {
  return TEAM_ROLES.some((each) => each === role);
}

/** The Kubernetes group that has a role of a team; also the name of the Role and its binding in each namespace. */
export function teamGroup(teamName: string, role: string): string {
  return `team:${teamName}:${role}`;
}
