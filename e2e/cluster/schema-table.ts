import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";
import { podTemplate } from "./pods";

const metadata = { name: "table", labels: { app: "cluster-run" }, annotations: { note: "cluster run" } };
const selector = { matchLabels: { app: "cluster-run" } };
const container = {
  args: ["--verbose"],
  env: [
    { name: "LEVEL", value: "info" },
    { name: "HOST", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } },
  ],
  envFrom: [{ configMapRef: { name: "settings", optional: true } }],
  ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
  resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } },
  readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
  volumeMounts: [{ name: "data", mountPath: "/data", readOnly: true }],
};
const template = podTemplate({
  container,
  spec: {
    terminationGracePeriodSeconds: 30,
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ key: "spot", operator: "Exists", effect: "NoSchedule" }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: selector,
      },
    ],
    volumes: [{ name: "data", emptyDir: { sizeLimit: "1Gi" } }],
  },
});
const jobTemplate = {
  ...template,
  spec: {
    ...template.spec,
    restartPolicy: "Never",
    containers: [{ ...template.spec.containers[0], readinessProbe: undefined }],
  },
};
const claim = { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "1Gi" } } };
const RBAC = "rbac.authorization.k8s.io";

/** Objects that are right, of the kinds that charts and the platform make. What is wrong comes from changing them. */
const OBJECTS: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Pod", metadata, spec: template.spec },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: 2,
      selector,
      template,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata,
    spec: {
      serviceName: "table",
      selector,
      template,
      volumeClaimTemplates: [{ metadata: { name: "disk" }, spec: claim }],
    },
  },
  { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec: { selector, template } },
  { apiVersion: "batch/v1", kind: "Job", metadata, spec: { backoffLimit: 2, template: jobTemplate } },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: { schedule: "0 3 * * *", concurrencyPolicy: "Forbid", jobTemplate: { spec: { template: jobTemplate } } },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: {
      type: "ClusterIP",
      selector: { app: "cluster-run" },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { key: "value" },
    binaryData: { blob: "AAEC" },
    immutable: false,
  },
  { apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", data: { key: "dmFsdWU=" } },
  {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata,
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: "pull" }],
  },
  { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec: claim },
  { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { pods: "5", "requests.cpu": "2" } } },
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata,
    spec: { limits: [{ type: "Container", default: { memory: "256Mi" }, max: { memory: "1Gi" } }] },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "table" },
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  },
  { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { maxUnavailable: 1, selector } },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata,
    spec: {
      ingressClassName: "alb",
      tls: [{ hosts: ["api.example.com"], secretName: "tls" }],
      rules: [
        {
          host: "api.example.com",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "table", port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: selector,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ namespaceSelector: selector }], ports: [{ protocol: "TCP", port: 8080 }] }],
      egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] } }] }],
    },
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "Role",
    metadata,
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: RBAC, kind: "Role", name: "table" },
    subjects: [{ apiGroup: RBAC, kind: "Group", name: "readers" }],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRole",
    metadata,
    rules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }],
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata,
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3" },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  },
  {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata,
    value: 1000,
    globalDefault: false,
    description: "cluster run",
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata,
    webhooks: [
      {
        name: "check.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        timeoutSeconds: 5,
        clientConfig: { service: { namespace: "webhooks", name: "check", path: "/", port: 443 } },
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
      },
    ],
  },
];

/** As they are sent: without fields that are undefined. */
export const SCHEMA_TABLE = JSON.parse(JSON.stringify(OBJECTS)) as readonly KubernetesObject[];

/** A kind that is not there before the run, with what schemas of custom resources can say. */
export const DEFINITION: KubernetesObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "samples.cluster-run.example.com" },
  spec: {
    group: "cluster-run.example.com",
    scope: "Namespaced",
    names: { plural: "samples", singular: "sample", kind: "Sample", listKind: "SampleList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            required: ["spec"],
            properties: {
              spec: {
                type: "object",
                required: ["organism", "reads"],
                properties: {
                  organism: { type: "string", enum: ["human", "virus"] },
                  reads: { type: "integer", minimum: 1, maximum: 1000 },
                  coverage: { type: "number", minimum: 0, exclusiveMinimum: true },
                  paired: { type: "boolean", default: true },
                  barcode: { type: "string", pattern: "^[ACGT]+$", minLength: 4, maxLength: 12 },
                  taken: { type: "string", format: "date-time" },
                  port: { "x-kubernetes-int-or-string": true },
                  lab: { type: "object", nullable: true, required: ["city"], properties: { city: { type: "string" } } },
                  files: {
                    type: "array",
                    minItems: 1,
                    items: { type: "object", required: ["path"], properties: { path: { type: "string" } } },
                  },
                  labels: { type: "object", additionalProperties: { type: "string" } },
                  anything: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                },
              },
            },
          },
        },
      },
    ],
  },
};

export const CUSTOM_RESOURCE: KubernetesObject = {
  apiVersion: "cluster-run.example.com/v1",
  kind: "Sample",
  metadata: { name: "table", labels: { app: "cluster-run" } },
  spec: {
    organism: "virus",
    reads: 100,
    coverage: 0.5,
    paired: false,
    barcode: "ACGTACGT",
    taken: "2026-01-31T12:00:00Z",
    port: "http",
    lab: { city: "Paris" },
    files: [{ path: "a.fastq" }, { path: "b.fastq" }],
    labels: { run: "1" },
    anything: { goes: { here: true } },
  },
};
