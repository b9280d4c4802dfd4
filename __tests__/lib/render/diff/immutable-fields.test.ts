import { IMMUTABLE_FIELDS, immutableMarks } from "../../../../lib/render/diff/immutable-fields";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { object } from "./objects";

/** An object of a kind as the list names it, with one field set. */
function withField(kind: string, path: string, value: unknown): KubernetesObject {
  const [group, name] = kind.includes("/") ? kind.split("/") : ["", kind];
  const fields = path.split(".").reduceRight<unknown>((inside, key) => ({ [key]: inside }), value) as object;
  return object(group ? `${group}/v1` : "v1", name ?? "", fields);
}

const known = IMMUTABLE_FIELDS.flatMap(({ kind, fields, see }) =>
  Object.entries(fields).map(([path, fallback]) => [kind, path, fallback, see] as const),
);

test.each(known)("%s: %s cannot change, and may be written out as what it is anyway", (kind, path, fallback, see) => {
  const marks = immutableMarks(withField(kind, path, "one"), withField(kind, path, "two"));
  expect(marks).toEqual([{ mark: "immutable", path, see }]);
  expect(immutableMarks(withField(kind, path, "one"), withField(kind, path, "one"))).toEqual([]);
  const unset = withField(kind, path, undefined);
  expect(immutableMarks(unset, withField(kind, path, fallback))).toEqual([]);
  expect(immutableMarks(withField(kind, path, "one"), unset)).toEqual([{ mark: "immutable", path, see }]);
});

test("the list", () => {
  const paths = IMMUTABLE_FIELDS.map(({ kind, fields }) => `${kind}: ${Object.keys(fields).join(", ")}`);
  expect(paths).toEqual([
    "apps/Deployment: spec.selector",
    "apps/DaemonSet: spec.selector",
    "apps/ReplicaSet: spec.selector",
    "apps/StatefulSet: spec.podManagementPolicy, spec.selector, spec.serviceName, spec.volumeClaimTemplates",
    "batch/Job: spec.backoffLimitPerIndex, spec.completionMode, spec.managedBy, spec.podFailurePolicy, spec.selector, spec.successPolicy, spec.template",
    "PersistentVolumeClaim: spec.accessModes, spec.dataSource, spec.dataSourceRef, spec.selector, spec.storageClassName, spec.volumeMode, spec.volumeName",
    "PersistentVolume: spec.csi, spec.hostPath, spec.local, spec.nfs, spec.volumeMode",
    "Secret: type",
    "storage.k8s.io/StorageClass: parameters, provisioner, reclaimPolicy, volumeBindingMode",
    "storage.k8s.io/CSIDriver: spec.attachRequired, spec.volumeLifecycleModes",
    "storage.k8s.io/VolumeAttributesClass: driverName, parameters",
    "scheduling.k8s.io/PriorityClass: preemptionPolicy, value",
    "rbac.authorization.k8s.io/RoleBinding: roleRef.kind, roleRef.name",
    "rbac.authorization.k8s.io/ClusterRoleBinding: roleRef.kind, roleRef.name",
    "networking.k8s.io/IngressClass: spec.controller",
    "node.k8s.io/RuntimeClass: handler",
    "apiextensions.k8s.io/CustomResourceDefinition: spec.names.kind, spec.scope",
  ]);
});

const CORE = "https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go";
const BATCH = "https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/batch/validation/validation.go";

function paths(base: KubernetesObject, head: KubernetesObject): unknown[] {
  return immutableMarks(base, head).map((mark) => (mark.mark === "immutable" ? [mark.path, mark.see] : mark));
}

const job = (spec: object, annotations: object = {}) => object("batch/v1", "Job", { spec }, { annotations });
const service = (spec: object) => object("v1", "Service", { spec });
const claim = (storage: unknown) =>
  object("v1", "PersistentVolumeClaim", { spec: { resources: { requests: { storage } } } });
const frozen = (kind: string, fields: object) => object("v1", kind, { immutable: true, ...fields });

test.each<[string, KubernetesObject, KubernetesObject, unknown[]]>([
  ["completions of a Job", job({ completions: 1 }), job({ completions: 2 }), [["spec.completions", `${BATCH}#L906`]]],
  [
    "not those of an indexed one",
    job({ completions: 1, completionMode: "Indexed" }),
    job({ completions: 2, completionMode: "Indexed" }),
    [],
  ],
  [
    "nothing of a hook: Helm makes it anew",
    job({ template: 1 }, { "helm.sh/hook": "pre-upgrade", "helm.sh/hook-delete-policy": "before-hook-creation" }),
    job({ template: 2 }, { "helm.sh/hook": "pre-upgrade", "helm.sh/hook-delete-policy": "before-hook-creation" }),
    [],
  ],
  ["not what a Job may change", job({ parallelism: 1 }), job({ parallelism: 2 }), []],
  [
    "the address of a Service",
    service({ clusterIP: "10.0.0.1" }),
    service({ clusterIP: "10.0.0.2" }),
    [["spec.clusterIP", `${CORE}#L9109`]],
  ],
  [
    "a Service that becomes headless",
    service({}),
    service({ clusterIP: "None" }),
    [["spec.clusterIP", `${CORE}#L9109`]],
  ],
  ["not an address that is left open", service({ clusterIP: "10.0.0.1" }), service({ clusterIP: "" }), []],
  [
    "not a Service that stands for another name",
    service({ clusterIP: "None" }),
    service({ type: "ExternalName", clusterIP: "10.0.0.1" }),
    [],
  ],
  ["not a claim that grows", claim("900Mi"), claim("1Gi"), []],
  ["not a claim that stays as large", claim("1Gi"), claim("1024Mi"), []],
  ["a claim that shrinks", claim("1Ti"), claim("1T"), [["spec.resources.requests.storage", `${CORE}#L2594`]]],
  ["not a claim of no size", claim("1Gi"), claim("much"), []],
  [
    "the data of an immutable ConfigMap",
    frozen("ConfigMap", { data: { a: "1" } }),
    frozen("ConfigMap", { data: { a: "2" }, binaryData: { b: "MQ==" } }),
    [
      ["binaryData", `${CORE}#L7796`],
      ["data", `${CORE}#L7796`],
    ],
  ],
  [
    "that it is immutable",
    frozen("Secret", { data: { a: "MQ==" } }),
    object("v1", "Secret", { data: { a: "MQ==" } }),
    [["immutable", `${CORE}#L7739`]],
  ],
  [
    "not one that becomes immutable",
    object("v1", "ConfigMap", { data: { a: "1" } }),
    frozen("ConfigMap", { data: { a: "2" } }),
    [],
  ],
  [
    "not the same field of another kind",
    object("example.com/v1", "Deployment", { spec: { selector: 1 } }),
    object("example.com/v1", "Deployment", { spec: { selector: 2 } }),
    [],
  ],
])("immutable: %s", (_, base, head, marks) => {
  expect(paths(base, head)).toEqual(marks);
});
