import * as v from "valibot";

/** The shape of what runs in a cluster. Rules about values live with the constructs that need them. */
const strings = v.array(v.string());
const texts = v.record(v.string(), v.string());

const ranges = { cidrBlocks: strings };
const peer = v.union([
  v.string(),
  v.strictObject({ namespace: v.string() }),
  v.strictObject(ranges),
  v.strictObject({
    database: v.strictObject({ ...ranges, port: v.number(), securityGroupId: v.optional(v.string()) }),
  }),
]);
const port = v.union([
  v.number(),
  v.strictObject({
    port: v.number(),
    endPort: v.optional(v.number()),
    protocol: v.optional(v.picklist(["TCP", "UDP"])),
  }),
]);
const traffic = v.strictObject({
  to: v.optional(peer),
  from: v.optional(peer),
  within: v.optional(v.literal("namespace")),
  ports: v.optional(v.array(port)),
  pods: v.optional(texts),
  peerPods: v.optional(texts),
  reason: v.optional(v.string()),
});

const resources = v.optional(v.strictObject({ cpu: v.optional(v.string()), memory: v.optional(v.string()) }));
const namespace = v.strictObject({
  namespaceName: v.string(),
  labels: v.optional(texts),
  podSecurity: v.optional(v.strictObject({ level: v.picklist(["baseline", "privileged"]), reason: v.string() })),
  quota: v.optional(
    v.strictObject({
      cpu: v.optional(v.string()),
      memory: v.optional(v.string()),
      memoryLimits: v.optional(v.string()),
      pods: v.optional(v.number()),
      persistentVolumeClaims: v.optional(v.number()),
      storage: v.optional(v.string()),
      loadBalancers: v.optional(v.number()),
      nodePorts: v.optional(v.number()),
      jobs: v.optional(v.number()),
    }),
  ),
  limits: v.optional(
    v.strictObject({
      container: v.optional(v.strictObject({ defaultRequest: resources, default: resources, max: resources })),
      persistentVolumeClaim: v.optional(v.strictObject({ maxStorage: v.optional(v.string()) })),
    }),
  ),
  allow: v.optional(v.array(traffic)),
});

const rule = v.strictObject({
  apiGroups: strings,
  resources: strings,
  verbs: strings,
  resourceNames: v.optional(strings),
  reason: v.optional(v.string()),
});
const team = v.strictObject({
  teamName: v.string(),
  namespaces: strings,
  members: v.optional(
    v.array(
      v.strictObject({
        principalArn: v.optional(v.string()),
        group: v.optional(v.string()),
        user: v.optional(v.string()),
        role: v.string(),
      }),
    ),
  ),
  roles: v.optional(v.record(v.string(), v.strictObject({ rules: v.array(rule) }))),
  serviceAccounts: v.optional(
    v.array(
      v.strictObject({
        namespace: v.string(),
        name: v.string(),
        statements: v.optional(v.array(v.looseObject({}))),
        automountToken: v.optional(v.boolean()),
      }),
    ),
  ),
  tags: v.optional(texts),
});

const priorityClass = v.strictObject({
  className: v.string(),
  value: v.number(),
  description: v.string(),
  preemptionPolicy: v.optional(v.picklist(["PreemptLowerPriority", "Never"])),
  globalDefault: v.optional(v.boolean()),
});

/** What a known chart has besides. */
const known = { crds: v.optional(v.string()), shape: v.optional(v.looseObject({})) };
const localChart = v.strictObject({ path: v.string(), ...known });
const repositoryChart = v.strictObject({ repository: v.string(), name: v.string(), version: v.string(), ...known });

const release = v.strictObject({
  name: v.string(),
  namespace: v.string(),
  releaseName: v.optional(v.string()),
  chart: v.lazy((input) => (has(input, "path") ? localChart : repositoryChart)),
  values: v.optional(v.union([v.array(v.looseObject({})), v.looseObject({})])),
  notSecret: v.optional(texts),
  crds: v.optional(v.picklist(["templates", "elsewhere", "install-once"])),
  timeoutSeconds: v.optional(v.number()),
  wait: v.optional(v.boolean()),
  atomic: v.optional(v.boolean()),
  cleanupOnFail: v.optional(v.boolean()),
  maxHistory: v.optional(v.number()),
  systemNamespaceReason: v.optional(v.string()),
  after: v.optional(strings),
});

const inClusterParts = v.strictObject({
  namespaces: v.array(namespace),
  teams: v.optional(v.array(team)),
  priorityClasses: v.optional(v.array(priorityClass)),
  releases: v.array(release),
});
const off = v.strictObject({ off: v.string() });

function has(input: unknown, key: string): boolean {
  return typeof input === "object" && input !== null && key in input;
}

export const inClusterSchema = v.lazy((input) => (has(input, "off") ? off : inClusterParts));
