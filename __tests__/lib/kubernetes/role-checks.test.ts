import { Faults } from "../../../lib/core/faults";
import { checkRules } from "../../../lib/kubernetes/role-checks";
import type { RoleRule } from "../../../lib/kubernetes/role-rules";
import { messageOf } from "../../support/errors";
import { aListToken, aToken } from "../../support/tokens";

const rule: RoleRule = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };

function faults(changes: Partial<RoleRule>): string[] {
  const found = new Faults("role");
  checkRules(found, "rules", [{ ...rule, ...changes }]);
  return found.all.length === 0 ? [] : messageOf(() => found.throwIfAny()).split("\n");
}

test("a rule that names what it needs passes", () => {
  expect(faults({})).toEqual([]);
  expect(faults({ apiGroups: ["apps", "batch"], resources: ["deployments/scale", "jobs"] })).toEqual([]);
});

test("a role without rules is refused", () => {
  const found = new Faults("role");
  checkRules(found, "rules", []);
  expect(messageOf(() => found.throwIfAny())).toBe("'rules' must have at least one rule at role");
});

const reason = "a reason does not help here";

test.each<[Partial<RoleRule>, string]>([
  [{ verbs: ["*"], reason }, `'rules[0].verbs' must not have a wildcard, got "*" at role; list what is needed`],
  [{ resources: ["*"], reason }, `'rules[0].resources' must not have a wildcard, got "*" at role; list what is needed`],
  [
    { resources: ["*/scale"], reason },
    `'rules[0].resources' must not have a wildcard, got "*/scale" at role; list what is needed`,
  ],
  [{ apiGroups: ["*"], reason }, `'rules[0].apiGroups' must not have a wildcard, got "*" at role; list what is needed`],
  [
    { resourceNames: ["api-*"], reason },
    `'rules[0].resourceNames' must not have a wildcard, got "api-*" at role; list what is needed`,
  ],
  [
    { verbs: ["get", "escalate"], reason },
    "'rules[0].verbs' must not have escalate at role; let the platform make the role or the binding",
  ],
  [
    { verbs: ["bind"], reason },
    "'rules[0].verbs' must not have bind at role; let the platform make the role or the binding",
  ],
  [
    { resources: ["serviceaccounts"], verbs: ["impersonate"], reason },
    "'rules[0].verbs' must not have impersonate at role; let the platform make the role or the binding",
  ],
  [
    { resources: ["nodes/proxy"], reason },
    `'rules[0].resources' must lie in a namespace, got "nodes/proxy" at role; leave it out: a Role grants nothing of it`,
  ],
  [
    { apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"], reason },
    `'rules[0].resources' must lie in a namespace, got "certificatesigningrequests/approval" at role; leave it out: a Role grants nothing of it`,
  ],
  [
    { apiGroups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], reason },
    `'rules[0].resources' must lie in a namespace, got "validatingwebhookconfigurations" at role; leave it out: a Role grants nothing of it`,
  ],
  [
    { apiGroups: ["apps/v1"] },
    `'rules[0].apiGroups' must be API groups in lower case without a version, got "apps/v1" at role; for example "apps"; the core group is ""`,
  ],
  [
    { resources: ["Pod"] },
    `'rules[0].resources' must be plural names in lower case, got "Pod" at role; for example "deployments" or "pods/log"`,
  ],
  [{ verbs: ["Get"] }, `'rules[0].verbs' must be verbs in lower case, got "Get" at role; for example "get"`],
  [{ resourceNames: ["a/b"] }, `'rules[0].resourceNames' must be names of objects, got "a/b" at role`],
  [{ apiGroups: [] }, "'rules[0].apiGroups' must not be empty at role"],
  [{ resources: [] }, "'rules[0].resources' must not be empty at role"],
  [{ verbs: [] }, "'rules[0].verbs' must not be empty at role"],
  [{ resources: ["secrets"], resourceNames: [] }, "'rules[0].resourceNames' must not be empty at role"],
  [
    { resources: [aToken()] },
    "'rules[0].resources' must be known at synth, got a token at role; write the value itself instead of another resource's attribute",
  ],
  [
    { resourceNames: aListToken() },
    "'rules[0].resourceNames' must be known at synth, got a token at role; write the value itself instead of another resource's attribute",
  ],
])("refuses %j, for whatever reason", (changes, message) => {
  expect(faults(changes)).toEqual([message]);
});

const RBAC = "rbac.authorization.k8s.io";

test.each<[string, string, string, string]>([
  ["", "pods/exec", "create", "a shell in every pod"],
  ["", "pods/exec", "get", "a shell in every pod"],
  ["", "pods/attach", "create", "the terminal of every pod"],
  ["", "pods/portforward", "get", "every port of every pod"],
  ["", "pods/proxy", "get", "every pod, past network policies"],
  ["", "services/proxy", "get", "every Service, past network policies"],
  ["", "pods/ephemeralcontainers", "patch", "a container of one's own in every pod"],
  ["", "serviceaccounts/token", "create", "a login as every service account"],
  ["", "namespaces", "patch", "the labels that hold its pods to Pod Security"],
  ["", "resourcequotas", "update", "the namespace's quota"],
  ["", "limitranges", "delete", "the namespace's limits"],
  ["", "endpoints", "update", "where Services and Ingresses send requests"],
  ["discovery.k8s.io", "endpointslices", "create", "where Services and Ingresses send requests"],
  ["networking.k8s.io", "networkpolicies", "create", "the namespace's isolation"],
  [RBAC, "roles", "create", "what others may do"],
  [RBAC, "rolebindings", "deletecollection", "what others may do"],
])("%s %s needs a reason to %s", (apiGroup, resource, verb, grants) => {
  const changes = { apiGroups: ["batch", apiGroup], resources: ["jobs", resource], verbs: ["watch", verb] };
  expect(faults(changes)).toEqual([
    `'rules[0].reason' must say why the role needs ${resource}, that is ${grants} at role`,
  ]);
  expect(faults({ ...changes, reason: "charts of ours need it" })).toEqual([]);
  expect(faults({ ...changes, apiGroups: ["example.com"] })).toEqual([]);
});

test.each([
  ["", "namespaces"],
  ["", "resourcequotas"],
  ["networking.k8s.io", "networkpolicies"],
  [RBAC, "roles"],
])("%s %s may be read without a reason", (apiGroup, resource) => {
  expect(faults({ apiGroups: [apiGroup], resources: [resource], verbs: ["get", "list", "watch"] })).toEqual([]);
});

test.each(["get", "list", "create", "delete"])("secrets need names or a reason to %s", (verb) => {
  const changes = { resources: ["secrets"], verbs: [verb] };
  expect(faults(changes)).toEqual([
    "'rules[0].reason' must say why the role needs secrets, that is every Secret of the namespace at role; or name the Secrets in 'resourceNames'",
  ]);
  expect(faults({ ...changes, resourceNames: ["consent"] })).toEqual([]);
  expect(faults({ ...changes, reason: "charts of ours need it" })).toEqual([]);
});

test("names of pods do not make a shell in them harmless", () => {
  expect(faults({ resources: ["pods/exec"], resourceNames: ["api-0"], verbs: ["create"] })).toEqual([
    "'rules[0].reason' must say why the role needs pods/exec, that is a shell in every pod at role",
  ]);
});

test("a reason must say something", () => {
  expect(faults({ resources: ["secrets"], reason: "  needed  " })).toEqual([
    `'rules[0].reason' must have 10 to 500 characters, has 6, got "needed" at role`,
  ]);
});

test("every fault of every rule is found", () => {
  const found = new Faults("role");
  checkRules(found, "rules", [
    { ...rule, verbs: ["*"], resources: ["*"] },
    rule,
    { ...rule, resources: ["secrets", "pods/exec", "nodes"], verbs: ["bind"] },
  ]);
  expect(found.all.map(({ property }) => property)).toEqual([
    "rules[0].resources",
    "rules[0].verbs",
    "rules[2].verbs",
    "rules[2].resources",
    "rules[2].reason",
    "rules[2].reason",
  ]);
});
