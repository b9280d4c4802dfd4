import { checkSchemas } from "../../../../lib/render/checks/check-schema";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";

type Fields = Readonly<Record<string, unknown>>;

function found(object: KubernetesObject, version = "1.35"): string[] {
  return checkSchemas([{ source: "apps/main", object }], version).map(
    ({ severity, path, message, fix }) => `${severity}: ${path} ${message}${fix ? `; ${fix}` : ""}`,
  );
}

function deployment(spec: Fields, pod: Fields = {}, container: Fields = {}): KubernetesObject {
  const labels = { app: "main" };
  const containers = [{ name: "main", image: "registry.example.com/main:1", ...container }];
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  const whole = { selector: { matchLabels: labels }, template, ...spec };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "main" }, spec: whole };
}

const service = { apiVersion: "v1", kind: "Service", metadata: { name: "main" } };

test("a finding says where it is from", () => {
  const object = deployment({ replicas: "2" });
  expect(checkSchemas([{ source: "apps/main", namespace: "apps", object }], "1.35")).toEqual([
    {
      severity: "error",
      check: "schema",
      source: "apps/main",
      object: "apps/Deployment apps/main",
      path: "spec.replicas",
      message: "must be a whole number, is a string",
      fix: "write it without quotes",
    },
  ]);
});

test.each<[string, KubernetesObject]>([
  ["a workload", deployment({ replicas: 2, strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 } } })],
  [
    "quantities as numbers and as texts",
    deployment(
      {},
      {},
      { resources: { limits: { cpu: 0.5, memory: "1.5Gi" }, requests: { cpu: "100m", memory: 1e9 } } },
    ),
  ],
  ["fields that are null", { ...deployment({ replicas: null }), metadata: { name: "main", creationTimestamp: null } }],
  ["a value that is empty where there is a list of values", deployment({}, {}, { imagePullPolicy: "" })],
  ["a status, whatever it is", { ...deployment({}), status: { phase: 1 } }],
  ["a secret", { apiVersion: "v1", kind: "Secret", metadata: { name: "main" }, data: { key: "dmFs\ndWU=", none: "" } }],
  ["a label with a slash", { ...service, metadata: { name: "main", labels: { "example.com/team": "main" } } }],
  [
    "what the document alone asks for",
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: {}, spec: {} },
  ],
])("takes %s", (_, object) => {
  expect(found(object)).toEqual([]);
});

test.each<[string, KubernetesObject, string[]]>([
  [
    "an unknown field",
    deployment({ replica: 2, "x-team": "main" }),
    [
      "error: spec.replica is an unknown field, which the API server drops; did you mean replicas?",
      'error: spec["x-team"] is an unknown field, which the API server drops; remove it',
    ],
  ],
  [
    "a missing field",
    deployment({ selector: undefined }, { containers: null }),
    ["error: spec.selector is required", "error: spec.template.spec.containers is required"],
  ],
  [
    "a number as a text",
    deployment(
      {},
      {},
      {
        env: [
          { name: "PORT", value: 8080 },
          { name: "DEBUG", value: true },
        ],
      },
    ),
    [
      "error: spec.template.spec.containers[0].env[0].value must be a string, is a number; put it in quotes",
      "error: spec.template.spec.containers[0].env[1].value must be a string, is true or false; put it in quotes",
    ],
  ],
  [
    "a text as a number",
    deployment({ replicas: "many", paused: "true" }),
    [
      "error: spec.paused must be true or false, is a string; write it without quotes",
      "error: spec.replicas must be a whole number, is a string",
    ],
  ],
  ["a number that is too large", deployment({ replicas: 3e9 }), ["error: spec.replicas must be < 2147483648"]],
  [
    "a list in the place of an object",
    deployment({ strategy: [] }, { containers: {} }),
    [
      "error: spec.strategy must be an object, is a list",
      "error: spec.template.spec.containers must be a list, is an object",
    ],
  ],
  [
    "a number or text that is neither",
    {
      ...service,
      spec: {
        ports: [
          { port: 80, targetPort: 80.5 },
          { port: 81, targetPort: true },
        ],
      },
    },
    [
      "error: spec.ports[0].targetPort must be a whole number or a string, is a number; put it in quotes",
      "error: spec.ports[1].targetPort must be a whole number or a string, is true or false; put it in quotes",
    ],
  ],
  [
    "a value that is not in the list",
    deployment({}, { restartPolicy: "sometimes" }, { imagePullPolicy: "always" }),
    [
      "error: spec.template.spec.containers[0].imagePullPolicy must be one of Always, IfNotPresent, Never; did you mean Always?",
      "error: spec.template.spec.restartPolicy must be one of Always, Never, OnFailure",
    ],
  ],
  [
    "a quantity that is none",
    deployment({}, {}, { resources: { limits: { memory: "512 MB", cpu: "" } } }),
    [
      "error: spec.template.spec.containers[0].resources.limits.memory must be a quantity such as 500m, 2 or 1.5Gi",
      "error: spec.template.spec.containers[0].resources.limits.cpu must be a quantity such as 500m, 2 or 1.5Gi",
    ],
  ],
  [
    "a secret that is not encoded, without its value",
    { apiVersion: "v1", kind: "Secret", metadata: { name: "main" }, data: { password: "hunter2!" } },
    ["error: data.password must be base64"],
  ],
  [
    "a time that is none",
    { ...service, metadata: { name: "main", creationTimestamp: "today" } },
    ["error: metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z"],
  ],
  [
    "an item that is null",
    deployment({}, {}, { args: ["--level", null] }),
    ["warning: spec.template.spec.containers[0].args[1] must be a string, is null"],
  ],
  [
    "a label that is no text",
    {
      ...service,
      metadata: { name: "main", labels: { "example.com/build": 12 } as unknown as Record<string, string> },
    },
    ['error: metadata.labels["example.com/build"] must be a string, is a number; put it in quotes'],
  ],
  [
    "a definition that holds itself",
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "trees.example.com" },
      spec: {
        group: "example.com",
        names: { plural: "trees", kind: "Tree" },
        scope: "Namespaced",
        versions: [
          {
            name: "v1",
            storage: true,
            schema: { openAPIV3Schema: { type: "object", properties: { spec: { items: { typ: "object" } } } } },
          },
        ],
      },
    },
    [
      "error: spec.versions[0].schema.openAPIV3Schema.properties.spec.items.typ is an unknown field, which the API server drops; did you mean type?",
    ],
  ],
])("refuses %s", (_, object, expected) => {
  expect(found(object)).toEqual(expected);
});

test.each<[string, string, string, string[]]>([
  [
    "policy/v1beta1",
    "PodDisruptionBudget",
    "1.35",
    ["error: apiVersion Kubernetes 1.35 does not serve policy/v1beta1 PodDisruptionBudget; use policy/v1"],
  ],
  [
    "extensions/v1beta1",
    "Ingress",
    "1.35",
    ["error: apiVersion Kubernetes 1.35 does not serve extensions/v1beta1 Ingress; use networking.k8s.io/v1"],
  ],
  [
    "autoscaling/v2beta2",
    "HorizontalPodAutoscaler",
    "1.31",
    [
      "error: apiVersion Kubernetes 1.31 does not serve autoscaling/v2beta2 HorizontalPodAutoscaler; use autoscaling/v2",
    ],
  ],
  [
    "policy/v1beta1",
    "PodSecurityPolicy",
    "1.35",
    ["error: kind Kubernetes 1.35 does not serve policy/v1beta1 PodSecurityPolicy; remove the object"],
  ],
  ["v1", "Deployment", "1.35", ["error: apiVersion Kubernetes 1.35 does not serve v1 Deployment; use apps/v1"]],
  [
    "apps/v1",
    "Deploymnt",
    "1.35",
    ["error: kind Kubernetes 1.35 does not serve apps/v1 Deploymnt; did you mean Deployment?"],
  ],
  [
    "resource.k8s.io/v1",
    "DeviceClass",
    "1.33",
    [
      "error: apiVersion Kubernetes 1.33 does not serve resource.k8s.io/v1 DeviceClass; 1.34 is the first version that does; use resource.k8s.io/v1beta2 before",
    ],
  ],
  ["resource.k8s.io/v1", "DeviceClass", "1.34", []],
  [
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "FlowSchema",
    "1.32",
    [
      "error: apiVersion Kubernetes 1.32 does not serve flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema; use flowcontrol.apiserver.k8s.io/v1",
    ],
  ],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.31", []],
  [
    "storage.k8s.io/v1beta1",
    "VolumeAttributesClass",
    "1.33",
    [
      "error: driverName is required",
      "warning: apiVersion storage.k8s.io/v1beta1 is served only where it is switched on; use a stable version",
    ],
  ],
])("%s %s on %s", (apiVersion, kind, version, expected) => {
  expect(found({ apiVersion, kind, metadata: { name: "main" } }, version)).toEqual(expected);
});

test("versions differ in the fields they know", () => {
  const object = deployment({}, { hostnameOverride: "main.example.com" });
  expect(found(object, "1.33")).toEqual([
    "error: spec.template.spec.hostnameOverride is an unknown field, which the API server drops; remove it",
  ]);
  expect(found(object, "1.34")).toEqual([]);
});

test("a version without schemas is no version to check for", () => {
  expect(() => checkSchemas([], "1.20")).toThrow(
    new Error("there are no schemas of Kubernetes 1.20; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36"),
  );
});
