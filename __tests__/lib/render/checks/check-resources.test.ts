import { resolve } from "node:path";
import { checkResources } from "../../../../lib/render/checks/check-resources";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { pod, safeContainer, withContainer } from "../../../support/pods";
import { renderReleases, useOwnCache } from "../../../support/render";

useOwnCache();

function found(object: KubernetesObject): string[] {
  return checkResources([{ source: "apps/main", object }]).map(({ path, message }) => `${path} ${message}`);
}

const tooMuch = { requests: { memory: "2Gi" }, limits: { memory: "512Mi" } };

test("a finding says where it is from", () => {
  const object = withContainer({ resources: tooMuch });
  expect(checkResources([{ source: "apps/main", namespace: "apps", object }])).toEqual([
    {
      severity: "error",
      check: "resources",
      source: "apps/main",
      object: "Pod apps/main",
      path: "spec.containers[0].resources.requests.memory",
      message: "2Gi is more than limits.memory 512Mi",
      fix: "raise the limit or ask for less",
    },
  ]);
});

test.each<[string, unknown, unknown, string]>([
  ["cpu", "1001m", 1, "requests.cpu 1001m is more than limits.cpu 1"],
  ["cpu", 2, "1.5", "requests.cpu 2 is more than limits.cpu 1.5"],
  ["memory", "1Gi", "1G", "requests.memory 1Gi is more than limits.memory 1G"],
  ["ephemeral-storage", "2Gi", "1e9", 'requests["ephemeral-storage"] 2Gi is more than limits["ephemeral-storage"] 1e9'],
  ["hugepages-2Mi", "4Mi", "2Mi", 'requests["hugepages-2Mi"] 4Mi is more than limits["hugepages-2Mi"] 2Mi'],
  ["nvidia.com/gpu", 2, 1, 'requests["nvidia.com/gpu"] 2 is more than limits["nvidia.com/gpu"] 1'],
])("%s: a request of %j is too much for a limit of %j", (name, request, limit, said) => {
  const resources = { requests: { [name]: request }, limits: { [name]: limit } };
  expect(found(withContainer({ resources }))).toEqual([`spec.containers[0].resources.${said}`]);
});

test.each<[string, unknown]>([
  ["as much as the limit, written otherwise", { requests: { memory: "1024Mi" }, limits: { memory: "1Gi" } }],
  ["less than the limit", { requests: { cpu: "100m" }, limits: { cpu: 1 } }],
  ["no limit", { requests: { memory: "2Gi" }, limits: { cpu: 1 } }],
  ["null as a limit, which is none", { requests: { memory: "2Gi" }, limits: { memory: null } }],
  ["no request", { limits: { memory: "1Gi" } }],
  ["nothing", {}],
  ["a text that is no quantity, of which the schema speaks", { requests: { cpu: "all" }, limits: { cpu: "1" } }],
])("%s is fine", (_, resources) => {
  expect(found(withContainer({ resources }))).toEqual([]);
});

test("init containers count, and what the pod has as a whole", () => {
  const each = { ...safeContainer, resources: tooMuch };
  expect(found(pod({ resources: tooMuch, initContainers: [safeContainer, each], containers: [each] }))).toEqual([
    "spec.resources.requests.memory 2Gi is more than limits.memory 512Mi",
    "spec.initContainers[1].resources.requests.memory 2Gi is more than limits.memory 512Mi",
    "spec.containers[0].resources.requests.memory 2Gi is more than limits.memory 512Mi",
  ]);
});

test.each<[string, string, string, object]>([
  ["apps/v1", "Deployment", "spec.template.spec", { template: withContainer({ resources: tooMuch }) }],
  ["batch/v1", "Job", "spec.template.spec", { template: withContainer({ resources: tooMuch }) }],
  [
    "batch/v1",
    "CronJob",
    "spec.jobTemplate.spec.template.spec",
    { jobTemplate: { spec: { template: withContainer({ resources: tooMuch }) } } },
  ],
])("the pods of %s %s count", (apiVersion, kind, path, spec) => {
  expect(found({ apiVersion, kind, metadata: { name: "main" }, spec })).toEqual([
    `${path}.containers[0].resources.requests.memory 2Gi is more than limits.memory 512Mi`,
  ]);
});

test("what makes no pods has no findings", () => {
  expect(found({ apiVersion: "v1", kind: "Service", metadata: {}, spec: { resources: tooMuch } })).toEqual([]);
});

test("rendering a release says it of each of its pods", async () => {
  const values = {
    image: { repository: "registry.example.com/api", tag: "1" },
    database: { host: "db", name: "api", user: "api", existingSecret: { name: "database" } },
    resources: tooMuch,
    migrations: { resources: tooMuch },
  };
  const chart = resolve("charts", "syndromic-surveillance-api");
  const { findings, complete } = await renderReleases([{ name: "api", chart, values }]);
  expect(findings.map(({ severity, object, message }) => [severity, object, message])).toEqual([
    ["error", "apps/Deployment genomics/api-syndromic-surveillance-api", "2Gi is more than limits.memory 512Mi"],
    ["error", "batch/Job genomics/api-syndromic-surveillance-api-migrate", "2Gi is more than limits.memory 512Mi"],
  ]);
  expect(complete).toBe(true);
});
