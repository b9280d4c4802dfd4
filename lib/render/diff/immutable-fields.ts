import { compareQuantities, parseQuantity } from "../../kubernetes/quantity";
import { apiGroup, type KubernetesObject } from "../objects/kubernetes-object";
import { isHook } from "./helm-annotations";
import type { Mark } from "./marks";
import { at, isSame } from "./plain-data";

/** Fields of one kind, with what Kubernetes puts where nothing is written. */
interface KnownFields {
  /** `<group>/<kind>`; no group is the core. */
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where the API server refuses the change. */
  readonly see: string;
}

const OPEN = undefined;

/**
 * Fields that cannot be changed once the object is there. A short list of what charts come across, not all there are.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.35.4/pkg/apis
 */
export const IMMUTABLE_FIELDS: readonly KnownFields[] = [
  { kind: "apps/Deployment", fields: { "spec.selector": OPEN }, see: validation("apps", 712) },
  { kind: "apps/DaemonSet", fields: { "spec.selector": OPEN }, see: validation("apps", 403) },
  { kind: "apps/ReplicaSet", fields: { "spec.selector": OPEN }, see: validation("apps", 767) },
  {
    kind: "apps/StatefulSet",
    fields: {
      "spec.podManagementPolicy": "OrderedReady",
      "spec.selector": OPEN,
      "spec.serviceName": OPEN,
      "spec.volumeClaimTemplates": OPEN,
    },
    see: validation("apps", 268),
  },
  {
    kind: "batch/Job",
    fields: {
      "spec.backoffLimitPerIndex": OPEN,
      "spec.completionMode": "NonIndexed",
      "spec.managedBy": OPEN,
      "spec.podFailurePolicy": OPEN,
      "spec.selector": OPEN,
      "spec.successPolicy": OPEN,
      "spec.template": OPEN,
    },
    see: validation("batch", 627),
  },
  {
    kind: "PersistentVolumeClaim",
    fields: {
      "spec.accessModes": OPEN,
      "spec.dataSource": OPEN,
      "spec.dataSourceRef": OPEN,
      "spec.selector": OPEN,
      "spec.storageClassName": OPEN,
      "spec.volumeMode": "Filesystem",
      "spec.volumeName": OPEN,
    },
    see: validation("core", 2584),
  },
  {
    kind: "PersistentVolume",
    fields: {
      "spec.csi": OPEN,
      "spec.hostPath": OPEN,
      "spec.local": OPEN,
      "spec.nfs": OPEN,
      "spec.volumeMode": "Filesystem",
    },
    see: validation("core", 2284),
  },
  { kind: "Secret", fields: { type: "Opaque" }, see: validation("core", 7736) },
  {
    kind: "storage.k8s.io/StorageClass",
    fields: {
      parameters: OPEN,
      provisioner: OPEN,
      reclaimPolicy: "Delete",
      volumeBindingMode: "Immediate",
    },
    see: validation("storage", 72),
  },
  {
    kind: "storage.k8s.io/CSIDriver",
    fields: { "spec.attachRequired": true, "spec.volumeLifecycleModes": ["Persistent"] },
    see: validation("storage", 440),
  },
  {
    kind: "storage.k8s.io/VolumeAttributesClass",
    fields: { driverName: OPEN, parameters: OPEN },
    see: validation("storage", 636),
  },
  {
    kind: "scheduling.k8s.io/PriorityClass",
    fields: { preemptionPolicy: "PreemptLowerPriority", value: 0 },
    see: validation("scheduling", 60),
  },
  {
    kind: "rbac.authorization.k8s.io/RoleBinding",
    fields: { "roleRef.kind": OPEN, "roleRef.name": OPEN },
    see: validation("rbac", 166),
  },
  {
    kind: "rbac.authorization.k8s.io/ClusterRoleBinding",
    fields: { "roleRef.kind": OPEN, "roleRef.name": OPEN },
    see: validation("rbac", 210),
  },
  { kind: "networking.k8s.io/IngressClass", fields: { "spec.controller": OPEN }, see: validation("networking", 588) },
  { kind: "node.k8s.io/RuntimeClass", fields: { handler: OPEN }, see: validation("node", 50) },
  {
    kind: "apiextensions.k8s.io/CustomResourceDefinition",
    fields: { "spec.names.kind": OPEN, "spec.scope": OPEN },
    see: "https://github.com/kubernetes/kubernetes/blob/v1.35.4/staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go#L654",
  },
];

/** Marks the known immutable fields that differ. A hook has none. */
export function immutableMarks(base: KubernetesObject, head: KubernetesObject): Mark[] {
  if (isHook(base) || isHook(head)) return [];
  const kind = [apiGroup(head), head.kind].filter(Boolean).join("/");
  const known = IMMUTABLE_FIELDS.filter((entry) => entry.kind === kind).flatMap(({ fields, see }) =>
    Object.entries(fields)
      .filter(([path, fallback]) => !isSame(valueAt(base, path) ?? fallback, valueAt(head, path) ?? fallback))
      .map(([path]) => immutable(path, see)),
  );
  return [...known, ...(CONDITIONAL[kind]?.(base, head) ?? [])];
}

/** Fields that are immutable only in some objects, or in one direction. */
const CONDITIONAL: Readonly<Record<string, (base: KubernetesObject, head: KubernetesObject) => Mark[]>> = {
  "batch/Job": (base, head) => {
    const indexed = valueAt(head, "spec.completionMode") === "Indexed";
    return indexed || isSame(valueAt(base, "spec.completions"), valueAt(head, "spec.completions"))
      ? []
      : [immutable("spec.completions", validation("batch", 906))];
  },
  // Left out, the API server keeps the one it has.
  Service: (base, head) => {
    const [before, after] = [valueAt(base, "spec.clusterIP"), valueAt(head, "spec.clusterIP") || undefined];
    const external = [base, head].some((service) => valueAt(service, "spec.type") === "ExternalName");
    return external || after === undefined || after === before
      ? []
      : [immutable("spec.clusterIP", validation("core", 9109))];
  },
  PersistentVolumeClaim: (base, head) => {
    const path = "spec.resources.requests.storage";
    const [before, after] = [base, head].map((object) => parseQuantity(String(valueAt(object, path))));
    return before && after && compareQuantities(after, before) < 0 ? [immutable(path, validation("core", 2594))] : [];
  },
  ConfigMap: (base, head) => frozen(base, head, validation("core", 7796)),
  Secret: (base, head) => frozen(base, head, validation("core", 7739)),
};

function frozen(base: KubernetesObject, head: KubernetesObject, see: string): Mark[] {
  if (base.immutable !== true) return [];
  return ["binaryData", "data", "immutable", "stringData"]
    .filter((path) => !isSame(base[path], head[path]))
    .map((path) => immutable(path, see));
}

function immutable(path: string, see: string): Mark {
  return { mark: "immutable", path, see };
}

function valueAt(object: KubernetesObject, path: string): unknown {
  return at(object, ...path.split("."));
}

function validation(group: string, line: number): string {
  return `https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/${group}/validation/validation.go#L${line}`;
}
