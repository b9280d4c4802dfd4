import fc from "fast-check";
import { type AccessRequest, isAllowed } from "../../../../lib/kubernetes/role-rules";
import { rbacMarks } from "../../../../lib/render/diff/rbac";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { object } from "./objects";

const RBAC = "rbac.authorization.k8s.io/v1";

function gains(base: KubernetesObject | undefined, head: KubernetesObject): readonly string[] {
  return rbacMarks(base, head).flatMap((mark) => (mark.mark === "rbac-widened" ? mark.gains : []));
}

const rule = (resources: string[], verbs: string[], more: object = {}) => ({
  apiGroups: [""],
  resources,
  verbs,
  ...more,
});
const role = (...rules: object[]) => object(RBAC, "Role", { rules });

test.each<[string, object[], object[], string[]]>([
  ["a verb", [rule(["pods"], ["get"])], [rule(["pods"], ["get", "watch", "list"])], ["list, watch pods"]],
  [
    "a resource and a group",
    [rule(["pods"], ["get"])],
    [rule(["pods", "secrets"], ["get"]), rule(["deployments"], ["get"], { apiGroups: ["apps"] })],
    ["get deployments.apps", "get secrets"],
  ],
  ["every verb", [rule(["pods"], ["get"])], [rule(["pods"], ["*"])], ["* pods"]],
  [
    "every object instead of one",
    [rule(["secrets"], ["get"], { resourceNames: ["a"] })],
    [rule(["secrets"], ["get"])],
    ["get secrets"],
  ],
  [
    "another object",
    [rule(["secrets"], ["get"], { resourceNames: ["a"] })],
    [rule(["secrets"], ["get"], { resourceNames: ["a", "b"] })],
    ["get secrets b"],
  ],
  ["a subresource", [rule(["pods"], ["get"])], [rule(["pods", "pods/exec"], ["get"])], ["get pods/exec"]],
  ["a URL", [], [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }], ["get /metrics"]],
  ["nothing: the same in other words", [rule(["a", "b"], ["get"])], [rule(["b"], ["get"]), rule(["a"], ["get"])], []],
  [
    "nothing: less",
    [rule(["*"], ["*"], { apiGroups: ["*"] })],
    [rule(["pods"], ["get"]), rule(["pods/exec"], ["create"])],
    [],
  ],
  [
    "nothing: one of all objects",
    [rule(["secrets"], ["get"])],
    [rule(["secrets"], ["get"], { resourceNames: ["a"] })],
    [],
  ],
  ["nothing: a subresource of all", [rule(["*/scale"], ["get"])], [rule(["deployments/scale"], ["get"])], []],
  [
    "nothing: a URL below one that is allowed",
    [{ nonResourceURLs: ["/api/*"], verbs: ["get"] }],
    [{ nonResourceURLs: ["/api/v1"], verbs: ["get"] }],
    [],
  ],
])("a role gains %s", (_, base, head, gained) => {
  expect(gains(role(...base), role(...head))).toEqual(gained);
});

test("a role that is new gives nobody anything, unless others take its rules over", () => {
  expect(gains(undefined, role(rule(["secrets"], ["get"])))).toEqual([]);
  const aggregated = (value: string) =>
    object(RBAC, "ClusterRole", {}, { labels: { "rbac.authorization.k8s.io/aggregate-to-view": value } });
  expect(gains(undefined, aggregated("true"))).toEqual(["ClusterRole view gets its rules"]);
  expect(gains(aggregated("false"), aggregated("true"))).toEqual(["ClusterRole view gets its rules"]);
  expect(gains(aggregated("true"), aggregated("true"))).toEqual([]);
  const collecting = (...clusterRoleSelectors: object[]) =>
    object(RBAC, "ClusterRole", { aggregationRule: { clusterRoleSelectors } });
  const [one, other] = [{ matchLabels: { a: "1" } }, { matchLabels: { a: "2" } }];
  expect(gains(collecting(one), collecting(one, other))).toEqual(["the rules of more cluster roles"]);
  expect(gains(collecting(one, other), collecting(one))).toEqual([]);
});

test("a binding gives its role to everybody who was not in it", () => {
  const binding = (name: string, ...subjects: object[]) =>
    object(RBAC, "RoleBinding", { roleRef: { kind: "Role", name }, subjects });
  const api = { kind: "ServiceAccount", namespace: "genomics", name: "api" };
  const people = { kind: "Group", name: "viewers" };
  expect(gains(undefined, binding("reader", api))).toEqual(["ServiceAccount genomics/api gets Role reader"]);
  expect(gains(binding("reader", api), binding("reader", people, api))).toEqual(["Group viewers gets Role reader"]);
  expect(gains(binding("reader", api), binding("writer", api))).toEqual([
    "ServiceAccount genomics/api gets Role writer",
  ]);
  expect(gains(binding("reader", api, people), binding("reader", api))).toEqual([]);
});

test("another API group has no roles", () => {
  const other = (verbs: string[]) => object("example.com/v1", "Role", { rules: [rule(["pods"], verbs)] });
  expect(rbacMarks(other([]), other(["*"]))).toEqual([]);
});

const someRules = fc.array(
  fc.record(
    {
      apiGroups: fc.subarray(["", "apps", "*"], { minLength: 1 }),
      resources: fc.subarray(["pods", "pods/log", "deployments", "*", "*/log"], { minLength: 1 }),
      verbs: fc.subarray(["get", "list", "*"], { minLength: 1 }),
      resourceNames: fc.subarray(["a", "b"]),
    },
    { requiredKeys: ["apiGroups", "resources", "verbs"] },
  ),
  { maxLength: 3 },
);

test("property: what a role allows and did not allow before is marked", () => {
  const requests: AccessRequest[] = ["", "apps"].flatMap((apiGroup) =>
    ["pods", "deployments"].flatMap((resource) =>
      [undefined, "log"].flatMap((subresource) =>
        ["get", "list", "create"].flatMap((verb) =>
          [undefined, "a", "c"].map((name) => ({ apiGroup, resource, subresource, verb, name })),
        ),
      ),
    ),
  );
  let widened = 0;
  fc.assert(
    fc.property(someRules, someRules, (base, head) => {
      const more = requests.some((request) => isAllowed(head, request) && !isAllowed(base, request));
      widened += more ? 1 : 0;
      expect(more && gains(role(...base), role(...head)).length === 0).toBe(false);
    }),
    { numRuns: 500 },
  );
  expect(widened).toBeGreaterThan(50);
});
