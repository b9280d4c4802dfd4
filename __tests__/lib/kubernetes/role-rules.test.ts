import { type AccessRequest, isAllowed, type RoleRule } from "../../../lib/kubernetes/role-rules";

const pods: RoleRule = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] };
const getPod: AccessRequest = { verb: "get", apiGroup: "", resource: "pods", name: "api-0" };

test("nothing is allowed without a rule", () => {
  expect(isAllowed([], getPod)).toBe(false);
  expect(isAllowed([pods], getPod)).toBe(true);
});

test("one rule that matches is enough", () => {
  const jobs: RoleRule = { apiGroups: ["batch"], resources: ["jobs"], verbs: ["get"] };
  expect(isAllowed([jobs, pods], getPod)).toBe(true);
});

test("parts of two rules do not add up to one", () => {
  const others: RoleRule[] = [
    { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
    { apiGroups: [""], resources: ["services"], verbs: ["get"] },
  ];
  expect(isAllowed(others, getPod)).toBe(false);
});

test.each<[string, Partial<RoleRule>, Partial<AccessRequest>, boolean]>([
  ["another verb", {}, { verb: "delete" }, false],
  ["another group", {}, { apiGroup: "metrics.k8s.io" }, false],
  ["another resource", {}, { resource: "services" }, false],
  ["another case of a verb", { verbs: ["GET"] }, {}, false],
  ["any verb", { verbs: ["*"] }, { verb: "delete" }, true],
  ["any group", { apiGroups: ["*"] }, { apiGroup: "metrics.k8s.io" }, true],
  ["any resource", { resources: ["*"] }, { resource: "services" }, true],
  ["a part of a name is no wildcard", { resources: ["po*"] }, {}, false],
  ["a subresource is not part of its resource", {}, { subresource: "log" }, false],
  ["a subresource by its name", { resources: ["pods/log"] }, { subresource: "log" }, true],
  ["a resource is not part of its subresource", { resources: ["pods/log"] }, {}, false],
  ["any resource has its subresources", { resources: ["*"] }, { subresource: "exec" }, true],
  ["a subresource of any resource", { resources: ["*/scale"] }, { resource: "jobs", subresource: "scale" }, true],
  ["a subresource of any resource, not another", { resources: ["*/scale"] }, { subresource: "exec" }, false],
  ["a subresource of any resource, not the resource", { resources: ["*/scale"] }, {}, false],
  ["every subresource of one resource is no pattern", { resources: ["pods/*"] }, { subresource: "exec" }, false],
  ["a name that is listed", { resourceNames: ["api-0"] }, {}, true],
  ["a name that is not listed", { resourceNames: ["api-1"] }, {}, false],
  ["names are no patterns", { resourceNames: ["*"] }, {}, false],
  [
    "a request without a name does not meet a rule with names",
    { resourceNames: ["api-0"] },
    { name: undefined },
    false,
  ],
  ["no names are all names", { resourceNames: [] }, {}, true],
  ["an empty subresource is none", {}, { subresource: "" }, true],
])("%s", (_, rule, request, allowed) => {
  expect(isAllowed([{ ...pods, ...rule }], { ...getPod, ...request })).toBe(allowed);
});
