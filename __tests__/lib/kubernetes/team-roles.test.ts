import { Faults } from "../../../lib/core/faults";
import { checkRules } from "../../../lib/kubernetes/role-checks";
import { isAllowed } from "../../../lib/kubernetes/role-rules";
import { isTeamRole, TEAM_ROLES, type TeamRoleName, teamGroup, teamRules } from "../../../lib/kubernetes/team-roles";

/** Every single thing that a role allows, as `verb group/resource`. */
function grants(role: TeamRoleName): string[] {
  const all = teamRules(role).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))),
  );
  return [...new Set(all)].sort();
}

function added(role: TeamRoleName, to: TeamRoleName): string[] {
  const before = new Set(grants(to));
  return grants(role).filter((grant) => !before.has(grant));
}

function each(verbs: readonly string[], resources: readonly string[]): string[] {
  return resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)).sort();
}

const READ = ["get", "list", "watch"];
const WRITE = ["create", "delete", "patch", "update"];

test("view reads, and no Secrets", () => {
  expect(grants("view")).toEqual(
    each(READ, [
      "/configmaps",
      "/endpoints",
      "/events",
      "/limitranges",
      "/persistentvolumeclaims",
      "/pods",
      "/pods/log",
      "/resourcequotas",
      "/serviceaccounts",
      "/services",
      "apps/controllerrevisions",
      "apps/daemonsets",
      "apps/deployments",
      "apps/replicasets",
      "apps/statefulsets",
      "autoscaling/horizontalpodautoscalers",
      "batch/cronjobs",
      "batch/jobs",
      "discovery.k8s.io/endpointslices",
      "events.k8s.io/events",
      "metrics.k8s.io/pods",
      "networking.k8s.io/ingresses",
      "networking.k8s.io/networkpolicies",
      "policy/poddisruptionbudgets",
    ]),
  );
});

test("edit writes workloads and what belongs to them", () => {
  expect(added("edit", "view")).toEqual(
    [
      ...each(WRITE, [
        "/configmaps",
        "/persistentvolumeclaims",
        "/pods",
        "/services",
        "apps/daemonsets",
        "apps/deployments",
        "apps/statefulsets",
        "autoscaling/horizontalpodautoscalers",
        "batch/cronjobs",
        "batch/jobs",
        "networking.k8s.io/ingresses",
        "policy/poddisruptionbudgets",
      ]),
      ...each(["get", "patch", "update"], ["apps/deployments/scale", "apps/statefulsets/scale"]),
    ].sort(),
  );
});

test("deploy has Secrets and service accounts besides", () => {
  expect(added("deploy", "edit")).toEqual(
    [...each([...READ, ...WRITE], ["/secrets"]), ...each(WRITE, ["/serviceaccounts"])].sort(),
  );
});

test("admin has shells and ports of pods besides", () => {
  expect(added("admin", "deploy")).toEqual(each(["create", "get"], ["/pods/exec", "/pods/portforward"]));
});

test.each(TEAM_ROLES)("%s passes the checks of own roles, and holds what the role before it holds", (role) => {
  const faults = new Faults(role);
  checkRules(faults, "rules", teamRules(role));
  expect(faults.all).toEqual([]);
  const before = TEAM_ROLES[TEAM_ROLES.indexOf(role) - 1];
  if (before) expect(added(before, role)).toEqual([]);
});

test("without their reasons deploy and admin would be refused", () => {
  const faults = new Faults("admin");
  checkRules(
    faults,
    "rules",
    teamRules("admin").map(({ reason, ...rule }) => rule),
  );
  expect(faults.all.map(({ rule }) => rule)).toEqual([
    "must say why the role needs secrets, that is every Secret of the namespace",
    "must say why the role needs pods/exec, that is a shell in every pod",
    "must say why the role needs pods/portforward, that is every port of every pod",
  ]);
});

test("no role writes what keeps teams apart, or hands out rights", () => {
  const RBAC = "rbac.authorization.k8s.io";
  const kept: [string, string, string?][] = [
    ["", "resourcequotas"],
    ["", "limitranges"],
    ["", "namespaces"],
    ["", "nodes"],
    ["", "endpoints"],
    ["", "serviceaccounts", "token"],
    ["", "pods", "attach"],
    ["", "pods", "ephemeralcontainers"],
    ["networking.k8s.io", "networkpolicies"],
    [RBAC, "roles"],
    [RBAC, "rolebindings"],
  ];
  const verbs = ["create", "update", "patch", "delete", "deletecollection", "escalate", "bind", "impersonate"];
  const allowed = kept.flatMap(([apiGroup, resource, subresource]) =>
    verbs.filter((verb) => isAllowed(teamRules("admin"), { verb, apiGroup, resource, subresource })),
  );
  expect(allowed).toEqual([]);
  expect(isAllowed(teamRules("admin"), { verb: "delete", apiGroup: "", resource: "pods" })).toBe(true);
});

test("a group carries the team and the role", () => {
  expect(teamGroup("genomics", "edit")).toBe("team:genomics:edit");
});

test("roles of every team are told from own ones", () => {
  expect(["view", "edit", "deploy", "admin", "data-steward", "constructor"].filter(isTeamRole)).toEqual([
    "view",
    "edit",
    "deploy",
    "admin",
  ]);
});
