import { isMap } from "../objects/is-map";
import type { BlockShape, FieldShape } from "./block-shape";

/** Stands for what Terraform learns only at apply. */
export const KNOWN_AT_APPLY = "(known after apply)";

export interface PlatformKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shape: BlockShape;
}

const asIs: FieldShape = {};
const one = (fields: BlockShape, name?: string): FieldShape => ({ fields, name });
const many = (fields: BlockShape, name?: string): FieldShape => ({ fields, name, many: true });

const SELECTOR = { match_labels: asIs, match_expressions: many({ key: asIs, operator: asIs, values: asIs }) };
/** The provider has all ports as text, and sends those that are numbers as such. */
const PORT = { convert: (port: unknown) => (/^\d+$/.test(String(port)) ? Number(port) : port) };
const POLICY_PORTS = many({ protocol: { fallback: "TCP" }, port: PORT, end_port: asIs });
const POLICY_PEERS = many({
  ip_block: one({ cidr: asIs, except: asIs }),
  namespace_selector: one(SELECTOR),
  pod_selector: one(SELECTOR),
});
const RULES = many(
  {
    api_groups: asIs,
    resources: asIs,
    resource_names: asIs,
    non_resource_urls: { name: "nonResourceURLs" },
    verbs: asIs,
  },
  "rules",
);
const BINDING = {
  role_ref: one({ api_group: asIs, kind: asIs, name: asIs }),
  subject: many({ kind: asIs, name: asIs, namespace: { fallback: "default" }, api_group: asIs }, "subjects"),
};
const SERVICE_ACCOUNT = {
  automount_service_account_token: { fallback: true },
  image_pull_secret: many({ name: asIs }, "imagePullSecrets"),
  secret: many({ name: asIs }, "secrets"),
};

/** Keys alone, whatever the values are. */
const SECRET_KEYS: FieldShape = {
  name: "stringData",
  convert: (data) =>
    isMap(data) ? Object.fromEntries(Object.keys(data).map((key) => [key, KNOWN_AT_APPLY])) : undefined,
};

const cluster = (apiVersion: string, kind: string, shape: BlockShape): PlatformKind => ({
  apiVersion,
  kind,
  namespaced: false,
  shape,
});
const namespaced = (apiVersion: string, kind: string, shape: BlockShape): PlatformKind => ({
  apiVersion,
  kind,
  namespaced: true,
  shape,
});

const RBAC = "rbac.authorization.k8s.io/v1";

/** Both names of the type are still in use, and what one of them makes limits what the other one makes. */
const NAMESPACE = cluster("v1", "Namespace", {});
const NETWORK_POLICY = namespaced("networking.k8s.io/v1", "NetworkPolicy", {
  spec: one({
    pod_selector: one(SELECTOR),
    policy_types: asIs,
    ingress: many({ from: POLICY_PEERS, ports: POLICY_PORTS }),
    egress: many({ to: POLICY_PEERS, ports: POLICY_PORTS }),
  }),
});

/**
 * What each resource type of the Kubernetes provider makes, and what the provider adds to what is written. A secret's data is left out; of
 * data that is only written, the keys are shown.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs
 */
export const PLATFORM_KINDS: Readonly<Record<string, PlatformKind>> = {
  kubernetes_namespace: NAMESPACE,
  kubernetes_namespace_v1: NAMESPACE,
  kubernetes_config_map_v1: namespaced("v1", "ConfigMap", { data: asIs, binary_data: asIs, immutable: asIs }),
  kubernetes_secret_v1: namespaced("v1", "Secret", {
    type: { fallback: "Opaque" },
    immutable: asIs,
    data_wo: SECRET_KEYS,
  }),
  kubernetes_service_account_v1: namespaced("v1", "ServiceAccount", SERVICE_ACCOUNT),
  kubernetes_default_service_account_v1: namespaced("v1", "ServiceAccount", SERVICE_ACCOUNT),
  kubernetes_resource_quota_v1: namespaced("v1", "ResourceQuota", {
    spec: one({
      hard: asIs,
      scopes: asIs,
      scope_selector: one({
        match_expression: many({ scope_name: asIs, operator: asIs, values: asIs }, "matchExpressions"),
      }),
    }),
  }),
  kubernetes_limit_range_v1: namespaced("v1", "LimitRange", {
    spec: one({
      limit: many(
        { type: asIs, default: asIs, default_request: asIs, max: asIs, max_limit_request_ratio: asIs, min: asIs },
        "limits",
      ),
    }),
  }),
  kubernetes_network_policy: NETWORK_POLICY,
  kubernetes_network_policy_v1: NETWORK_POLICY,
  kubernetes_role_v1: namespaced(RBAC, "Role", { rule: RULES }),
  kubernetes_cluster_role_v1: cluster(RBAC, "ClusterRole", {
    aggregation_rule: one({ cluster_role_selectors: many(SELECTOR) }),
    rule: RULES,
  }),
  kubernetes_role_binding_v1: namespaced(RBAC, "RoleBinding", BINDING),
  kubernetes_cluster_role_binding_v1: cluster(RBAC, "ClusterRoleBinding", BINDING),
  kubernetes_storage_class_v1: cluster("storage.k8s.io/v1", "StorageClass", {
    storage_provisioner: { name: "provisioner" },
    parameters: asIs,
    reclaim_policy: { fallback: "Delete" },
    volume_binding_mode: { fallback: "Immediate" },
    allow_volume_expansion: { fallback: true },
    mount_options: asIs,
    allowed_topologies: many({ match_label_expressions: many({ key: asIs, values: asIs }) }),
  }),
  kubernetes_priority_class_v1: cluster("scheduling.k8s.io/v1", "PriorityClass", {
    value: asIs,
    description: asIs,
    global_default: { fallback: false },
    preemption_policy: { fallback: "PreemptLowerPriority" },
  }),
};
