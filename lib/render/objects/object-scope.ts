import { definedResource } from "../helm/api-versions";
import { apiGroup, type KubernetesObject } from "./kubernetes-object";

/** Kinds without a namespace, by API group: what Kubernetes has itself, and what EKS adds. */
const CLUSTER_KINDS: Readonly<Record<string, string>> = {
  "": "Namespace Node PersistentVolume ComponentStatus",
  "admissionregistration.k8s.io":
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
  "apiextensions.k8s.io": "CustomResourceDefinition",
  "apiregistration.k8s.io": "APIService",
  "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
  "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
  "internal.apiserver.k8s.io": "StorageVersion",
  "networking.k8s.io": "IngressClass IPAddress ServiceCIDR",
  "node.k8s.io": "RuntimeClass",
  "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
  "resource.k8s.io": "DeviceClass ResourceSlice DeviceTaintRule",
  "scheduling.k8s.io": "PriorityClass",
  "storage.k8s.io": "StorageClass CSIDriver CSINode VolumeAttachment VolumeAttributesClass",
  "storagemigration.k8s.io": "StorageVersionMigration",
  // Auto Mode brings these without a chart.
  "eks.amazonaws.com": "NodeClass IngressClassParams",
  "karpenter.sh": "NodePool NodeClaim",
};

/** Whether objects of a kind live in a namespace. What is defined nowhere is taken to. */
export type NamespacedRule = (object: KubernetesObject) => boolean;

/** Knows the kinds of Kubernetes, and the ones that these objects define. */
export function namespacedRule(objects: readonly KubernetesObject[]): NamespacedRule {
  const defined = objects.flatMap((object) => definedResource(object) ?? []);
  const custom = new Map(defined.map(({ group, kind, namespaced }) => [`${group}/${kind}`, namespaced]));
  return (object) => {
    const group = apiGroup(object);
    return custom.get(`${group}/${object.kind}`) ?? !(CLUSTER_KINDS[group] ?? "").split(" ").includes(object.kind);
  };
}
