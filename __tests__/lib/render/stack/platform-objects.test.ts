import { checkSchemas } from "../../../../lib/render/checks/check-schema";
import { diffObjects } from "../../../../lib/render/diff/diff-objects";
import { platformObjects } from "../../../../lib/render/stack/platform-objects";

/** The only object of a resource. */
function objectOf(type: string, body: object): unknown {
  const { objects, findings } = platformObjects({ [type]: { Resource: body as Record<string, unknown> } });
  expect(findings).toEqual([]);
  expect(objects).toHaveLength(1);
  return objects[0]?.object;
}

const metadata = { name: "a", namespace: "genomics" };

test.each<[string, object, object]>([
  [
    "kubernetes_namespace_v1",
    {
      metadata: { name: "genomics", labels: { team_name: "x" }, annotations: { note: "y" } },
      timeouts: { delete: "15m" },
      wait_for_default_service_account: true,
      lifecycle: { prevent_destroy: true },
    },
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "genomics", labels: { team_name: "x" }, annotations: { note: "y" } },
    },
  ],
  [
    "kubernetes_config_map_v1",
    { metadata, data: { snake_case: "1" }, binary_data: { b_c: "AA==" }, immutable: true },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { snake_case: "1" },
      binaryData: { b_c: "AA==" },
      immutable: true,
    },
  ],
  [
    "kubernetes_secret_v1",
    { metadata, data: { password: "hidden" }, data_wo: { token: "hidden" }, binary_data: { key: "hidden" } },
    { apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", stringData: { token: "(known after apply)" } },
  ],
  [
    "kubernetes_service_account_v1",
    { metadata, image_pull_secret: [{ name: "registry" }], secret: [{ name: "token" }] },
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata,
      automountServiceAccountToken: true,
      imagePullSecrets: [{ name: "registry" }],
      secrets: [{ name: "token" }],
    },
  ],
  [
    "kubernetes_default_service_account_v1",
    { metadata: { namespace: "genomics" }, automount_service_account_token: false },
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace: "genomics" },
      automountServiceAccountToken: false,
    },
  ],
  [
    "kubernetes_resource_quota_v1",
    {
      metadata,
      spec: {
        hard: { "requests.cpu": "4", "count/jobs.batch": "10" },
        scopes: ["NotTerminating"],
        scope_selector: { match_expression: [{ scope_name: "PriorityClass", operator: "In", values: ["high"] }] },
      },
    },
    {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata,
      spec: {
        hard: { "requests.cpu": "4", "count/jobs.batch": "10" },
        scopes: ["NotTerminating"],
        scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] },
      },
    },
  ],
  [
    "kubernetes_limit_range_v1",
    {
      metadata,
      spec: {
        limit: [
          {
            type: "Container",
            default: { memory: "1Gi" },
            default_request: { memory: "1Gi" },
            max_limit_request_ratio: { memory: "1" },
          },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "LimitRange",
      metadata,
      spec: {
        limits: [
          {
            type: "Container",
            default: { memory: "1Gi" },
            defaultRequest: { memory: "1Gi" },
            maxLimitRequestRatio: { memory: "1" },
          },
        ],
      },
    },
  ],
  [
    "kubernetes_network_policy_v1",
    {
      metadata,
      spec: {
        pod_selector: { match_labels: { app: "a" } },
        policy_types: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              { namespace_selector: { match_labels: { team: "b" } }, pod_selector: {} },
              { ip_block: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
            ],
            ports: [
              { port: "8080", end_port: 8090 },
              { port: "http", protocol: "UDP" },
            ],
          },
        ],
        egress: [
          { to: [{ pod_selector: { match_expressions: [{ key: "app", operator: "Exists", values: [] }] } }] },
          {},
        ],
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata,
      spec: {
        podSelector: { matchLabels: { app: "a" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { team: "b" } }, podSelector: {} },
              { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
            ],
            ports: [
              { protocol: "TCP", port: 8080, endPort: 8090 },
              { protocol: "UDP", port: "http" },
            ],
          },
        ],
        egress: [{ to: [{ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }] }, {}],
      },
    },
  ],
  [
    "kubernetes_role_v1",
    { metadata, rule: [{ api_groups: [""], resources: ["pods"], resource_names: ["a"], verbs: ["get"] }] },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: [{ apiGroups: [""], resources: ["pods"], resourceNames: ["a"], verbs: ["get"] }],
    },
  ],
  [
    "kubernetes_role_binding_v1",
    {
      metadata,
      role_ref: { api_group: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
      subject: [
        { kind: "Group", name: "g", api_group: "rbac.authorization.k8s.io" },
        { kind: "ServiceAccount", name: "s", namespace: "genomics" },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
      subjects: [
        { kind: "Group", name: "g", namespace: "default", apiGroup: "rbac.authorization.k8s.io" },
        { kind: "ServiceAccount", name: "s", namespace: "genomics" },
      ],
    },
  ],
  [
    "kubernetes_cluster_role_v1",
    {
      metadata: { name: "a" },
      aggregation_rule: { cluster_role_selectors: [{ match_labels: { a: "b" } }] },
      rule: [{ non_resource_urls: ["/healthz"], verbs: ["get"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "a" },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] },
      rules: [{ nonResourceURLs: ["/healthz"], verbs: ["get"] }],
    },
  ],
  [
    "kubernetes_cluster_role_binding_v1",
    { metadata: { name: "a" }, role_ref: { kind: "ClusterRole", name: "r" }, subject: [{ kind: "User", name: "u" }] },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "a" },
      roleRef: { kind: "ClusterRole", name: "r" },
      subjects: [{ kind: "User", name: "u", namespace: "default" }],
    },
  ],
  [
    "kubernetes_storage_class_v1",
    {
      metadata: { name: "gp3" },
      storage_provisioner: "ebs.csi.aws.com",
      parameters: { "csi.storage.k8s.io/fstype": "ext4" },
      mount_options: ["noatime"],
      allowed_topologies: { match_label_expressions: [{ key: "zone", values: ["a"] }] },
    },
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3" },
      provisioner: "ebs.csi.aws.com",
      parameters: { "csi.storage.k8s.io/fstype": "ext4" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "Immediate",
      allowVolumeExpansion: true,
      mountOptions: ["noatime"],
      allowedTopologies: [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }],
    },
  ],
  [
    "kubernetes_priority_class_v1",
    { metadata: { name: "high" }, value: 1000, description: "first" },
    {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: "high" },
      value: 1000,
      description: "first",
      globalDefault: false,
      preemptionPolicy: "PreemptLowerPriority",
    },
  ],
])("%s becomes the object that the provider makes", (type, body, object) => {
  expect(objectOf(type, body)).toEqual(object);
});

test("blocks that are lists of one are the same as objects", () => {
  const asLists = {
    metadata: [metadata],
    spec: [{ pod_selector: [{}], policy_types: ["Egress"], egress: [{ to: [{ ip_block: [{ cidr: "0.0.0.0/0" }] }] }] }],
  };
  const asObjects = {
    metadata,
    spec: { pod_selector: {}, policy_types: ["Egress"], egress: [{ to: { ip_block: { cidr: "0.0.0.0/0" } } }] },
  };
  const object = objectOf("kubernetes_network_policy_v1", asLists);
  expect(object).toEqual(objectOf("kubernetes_network_policy_v1", asObjects));
  expect(object).toMatchObject({
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
  });
});

test("the namespace is default where none is written, and empty rules allow nothing", () => {
  const spec = { pod_selector: {}, policy_types: ["Ingress"], ingress: [] };
  expect(objectOf("kubernetes_network_policy_v1", { metadata: { name: "a" }, spec })).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "a", namespace: "default" },
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  });
});

test("references to the same stack are filled in, the others stand as known after apply", () => {
  const open = "$" + "{";
  const { objects } = platformObjects({
    kubernetes_namespace_v1: { Genomics: { metadata: { name: "genomics" } } },
    kubernetes_config_map_v1: {
      Info: {
        "//": { metadata: { path: `${open}not.read}` } },
        metadata: { name: "info", namespace: `${open}kubernetes_namespace_v1.Genomics.metadata[0].name}` },
        data: { endpoint: `at ${open}aws_eks_cluster.Cluster.endpoint}:443`, template: `$${open}kept}` },
      },
    },
  });
  expect(objects[1]).toEqual({
    source: "platform",
    namespace: "genomics",
    object: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "info", namespace: "genomics" },
      data: { endpoint: "at (known after apply):443", template: `${open}kept}` },
    },
  });
});

test("of a Secret the keys are there and no value, however they are written", () => {
  const open = "$" + "{";
  const values = [{ token: `${open}var.api_token}` }, { token: "hidden" }, `${open}var.everything}`, {}, undefined];
  const data = values.map((data_wo) => {
    const object = objectOf("kubernetes_secret_v1", {
      metadata,
      data_wo,
      data_wo_revision: 2,
      binary_data_wo: data_wo,
    });
    return (object as { readonly stringData?: unknown }).stringData;
  });
  const shown = { token: "(known after apply)" };
  expect(data).toEqual([shown, shown, undefined, {}, undefined]);
});

test("a Secret passes the schemas of Kubernetes", () => {
  const { objects } = platformObjects({ kubernetes_secret_v1: { Login: { metadata, data_wo: { token: "x" } } } });
  expect(checkSchemas(objects, "1.35")).toEqual([]);
});

test("another key of a Secret is a difference, its value is not shown", () => {
  const rendered = (...keys: string[]) => {
    const data_wo = Object.fromEntries(keys.map((key) => [key, "hidden"]));
    return platformObjects({ kubernetes_secret_v1: { Login: { metadata, data_wo } } }).objects;
  };
  expect(diffObjects(rendered("token", "old"), rendered("token", "new")).map(({ fields }) => fields)).toEqual([
    [
      { path: "stringData.new", hidden: "added" },
      { path: "stringData.old", hidden: "removed" },
    ],
  ]);
});

test("a type that is not known is a warning, not an object", () => {
  const body = { metadata: { name: "a" } };
  expect(
    platformObjects({ kubernetes_manifest: { A: body }, aws_vpc: { B: body }, helm_release: { C: body } }),
  ).toEqual({
    objects: [],
    findings: [
      {
        severity: "warning",
        check: "platform",
        source: "platform",
        path: "kubernetes_manifest.A",
        message: "is not rendered: resources of this type are not known here",
      },
    ],
  });
});
