import type { KubernetesObject, SourcedObject } from "../../../../lib/render/objects/kubernetes-object";

const CLUSTER_KINDS = ["ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "Namespace", "StorageClass"];

/** An object of the release `genomics/api`, in the namespace `genomics`. */
export function sourced(object: KubernetesObject, source = "genomics/api"): SourcedObject {
  return CLUSTER_KINDS.includes(object.kind) ? { source, object } : { source, namespace: "genomics", object };
}

export function object(apiVersion: string, kind: string, fields: object = {}, metadata: object = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "api", ...metadata }, ...fields };
}

export function configMap(data: unknown, metadata: object = {}): KubernetesObject {
  return object("v1", "ConfigMap", { data }, metadata);
}

/** A Deployment of one container. */
export function deployment(
  spec: { image?: string; replicas?: unknown; container?: object; pod?: object } = {},
): KubernetesObject {
  const { image = "registry.example.com/api:1.4.0", replicas = 2, container = {}, pod = {} } = spec;
  return object("apps/v1", "Deployment", {
    spec: {
      replicas,
      selector: { matchLabels: { app: "api" } },
      template: {
        metadata: { labels: { app: "api" } },
        spec: { containers: [{ name: "api", image, ...container }], ...pod },
      },
    },
  });
}
