import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import type { AccessRequest } from "../../../lib/kubernetes/role-rules";
import { Team } from "../../../lib/kubernetes/team";
import { authorizer } from "../../support/authorizer";
import { testCluster } from "../../support/cluster";
import { synthesize, testStack } from "../../support/synth";

const arn = (role: string) => `arn:aws:iam::111122223333:role/${role}`;

/** Two teams in three namespaces, as an environment would have them. Everything below is read from what they synthesise to. */
function synthesizedTeams() {
  const stack = testStack();
  const cluster = testCluster(stack);
  new ClusterProviders(stack, "Providers", { cluster });
  const namespace = (namespaceName: string) =>
    new Namespace(stack, `Namespace-${namespaceName}`, { namespaceName, kubernetesVersion: "1.35" });
  new Team(stack, "Team-genomics", {
    teamName: "genomics",
    cluster,
    namespaces: [namespace("genomics"), namespace("genomics-jobs")],
    members: [
      { principalArn: arn("GenomicsViewer"), role: "view" },
      { principalArn: arn("GenomicsDeveloper"), role: "edit" },
      { principalArn: arn("GenomicsPipeline"), role: "deploy" },
      { principalArn: arn("GenomicsLead"), role: "admin" },
      { user: "auditor", role: "view" },
    ],
  });
  new Team(stack, "Team-clinical-trials", {
    teamName: "clinical-trials",
    cluster,
    namespaces: [namespace("clinical-trials")],
    members: [
      { principalArn: arn("TrialsDeveloper"), role: "edit" },
      { principalArn: arn("TrialsSteward"), role: "view" },
      { principalArn: arn("TrialsSteward"), role: "data-steward" },
    ],
    roles: {
      "data-steward": {
        rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["consent"], verbs: ["get", "update"] }],
      },
    },
  });
  return authorizer(synthesize(stack));
}

const teams = synthesizedTeams();

const NAMESPACES = ["genomics", "genomics-jobs", "clinical-trials", "kube-system"];

const ACTIONS: Readonly<Record<string, AccessRequest>> = {
  "list pods": { verb: "list", apiGroup: "", resource: "pods" },
  "read logs": { verb: "get", apiGroup: "", resource: "pods", subresource: "log", name: "api-0" },
  "delete pod": { verb: "delete", apiGroup: "", resource: "pods", name: "api-0" },
  "delete all pods": { verb: "deletecollection", apiGroup: "", resource: "pods" },
  "open shell": { verb: "get", apiGroup: "", resource: "pods", subresource: "exec", name: "api-0" },
  "attach to pod": { verb: "create", apiGroup: "", resource: "pods", subresource: "attach", name: "api-0" },
  "forward port": { verb: "create", apiGroup: "", resource: "pods", subresource: "portforward", name: "api-0" },
  "debug pod": { verb: "patch", apiGroup: "", resource: "pods", subresource: "ephemeralcontainers", name: "api-0" },
  "create deployment": { verb: "create", apiGroup: "apps", resource: "deployments" },
  "scale deployment": { verb: "patch", apiGroup: "apps", resource: "deployments", subresource: "scale", name: "api" },
  "update config map": { verb: "update", apiGroup: "", resource: "configmaps", name: "api" },
  "list secrets": { verb: "list", apiGroup: "", resource: "secrets" },
  "read secret consent": { verb: "get", apiGroup: "", resource: "secrets", name: "consent" },
  "read secret api": { verb: "get", apiGroup: "", resource: "secrets", name: "api" },
  "create secret": { verb: "create", apiGroup: "", resource: "secrets" },
  "create service account": { verb: "create", apiGroup: "", resource: "serviceaccounts" },
  "make token": { verb: "create", apiGroup: "", resource: "serviceaccounts", subresource: "token", name: "api" },
  "act as account": { verb: "impersonate", apiGroup: "", resource: "serviceaccounts", name: "api" },
  "create role": { verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "roles" },
  "bind role": { verb: "create", apiGroup: "rbac.authorization.k8s.io", resource: "rolebindings" },
  "read network policies": { verb: "list", apiGroup: "networking.k8s.io", resource: "networkpolicies" },
  "open network": { verb: "create", apiGroup: "networking.k8s.io", resource: "networkpolicies" },
  "raise quota": { verb: "update", apiGroup: "", resource: "resourcequotas", name: "default" },
  "relabel namespace": { verb: "patch", apiGroup: "", resource: "namespaces", name: "genomics" },
};

const VIEW = ["list pods", "read logs", "read network policies"];
const EDIT = [...VIEW, "delete pod", "create deployment", "scale deployment", "update config map"];
const DEPLOY = [
  ...EDIT,
  "list secrets",
  "read secret consent",
  "read secret api",
  "create secret",
  "create service account",
];
const ADMIN = [...DEPLOY, "open shell", "forward port"];

const genomics = (actions: readonly string[]) => ({ genomics: actions, "genomics-jobs": actions });

test.each<[string, Readonly<Record<string, readonly string[]>>]>([
  ["GenomicsViewer", genomics(VIEW)],
  ["GenomicsDeveloper", genomics(EDIT)],
  ["GenomicsPipeline", genomics(DEPLOY)],
  ["GenomicsLead", genomics(ADMIN)],
  ["TrialsDeveloper", { "clinical-trials": EDIT }],
  ["TrialsSteward", { "clinical-trials": [...VIEW, "read secret consent"] }],
  ["Stranger", {}],
])("%s may do this and nothing else", (role, expected) => {
  const login = teams.login(arn(role));
  for (const namespace of NAMESPACES) {
    const allowed = Object.keys(ACTIONS).filter((action) =>
      teams.allows(login, namespace, ACTIONS[action] as AccessRequest),
    );
    expect([namespace, allowed.sort()]).toEqual([namespace, [...(expected[namespace] ?? [])].sort()]);
  }
});

test("a user is bound by name, whatever the groups", () => {
  const list = ACTIONS["list pods"] as AccessRequest;
  expect(teams.allows({ user: "auditor", groups: [] }, "genomics", list)).toBe(true);
  expect(teams.allows({ user: "auditor", groups: [] }, "clinical-trials", list)).toBe(false);
  expect(teams.allows({ user: "someone", groups: ["auditor"] }, "genomics", list)).toBe(false);
});
