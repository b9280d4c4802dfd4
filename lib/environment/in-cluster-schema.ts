import * as v from "valibot";
import { quotaShape } from "../application/application-shape";
import { applicationSchema } from "./application-schema";
import { chartSchema } from "./chart-schema";
import { trafficSchema } from "./traffic-schema";

/** The shape of what runs in a cluster. Rules about values live with the constructs that need them. */
const strings = v.array(v.string());
const texts = v.record(v.string(), v.string());

const resources = v.optional(v.strictObject({ cpu: v.optional(v.string()), memory: v.optional(v.string()) }));
const namespace = v.strictObject({
  namespaceName: v.string(),
  labels: v.optional(texts),
  podSecurity: v.optional(v.strictObject({ level: v.picklist(["baseline", "privileged"]), reason: v.string() })),
  quota: v.optional(quotaShape),
  limits: v.optional(
    v.strictObject({
      container: v.optional(v.strictObject({ defaultRequest: resources, default: resources, max: resources })),
      persistentVolumeClaim: v.optional(v.strictObject({ maxStorage: v.optional(v.string()) })),
    }),
  ),
  allow: v.optional(v.array(trafficSchema)),
});

const rule = v.strictObject({
  apiGroups: strings,
  resources: strings,
  verbs: strings,
  resourceNames: v.optional(strings),
  reason: v.optional(v.string()),
});
/** No `NotAction`, no `NotResource`: what they allow grows with every service of AWS. */
const statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(["Allow", "Deny"]),
  Action: v.union([v.string(), strings]),
  Resource: v.union([v.string(), strings]),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), v.union([v.string(), strings])))),
});
const contract = v.strictObject({
  trustedPrincipals: strings,
  podStatements: v.optional(v.array(statement)),
  networkPolicies: v.optional(v.string()),
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
  contract: v.optional(contract),
});

const priorityClass = v.strictObject({
  className: v.string(),
  value: v.number(),
  description: v.string(),
  preemptionPolicy: v.optional(v.picklist(["PreemptLowerPriority", "Never"])),
  globalDefault: v.optional(v.boolean()),
});

const release = v.strictObject({
  name: v.string(),
  namespace: v.string(),
  releaseName: v.optional(v.string()),
  chart: chartSchema,
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

const secret = v.strictObject({
  namespace: v.string(),
  secretName: v.string(),
  variables: texts,
  revision: v.number(),
  labels: v.optional(texts),
});

export const inClusterPartsSchema = v.strictObject({
  namespaces: v.array(namespace),
  teams: v.optional(v.array(team)),
  priorityClasses: v.optional(v.array(priorityClass)),
  secrets: v.optional(v.array(secret)),
  applications: v.optional(v.array(applicationSchema)),
  releases: v.array(release),
});
const off = v.strictObject({ off: v.string() });

/** Whether a record has a key that tells its kind. */
export function has(input: unknown, key: string): boolean {
  return typeof input === "object" && input !== null && key in input;
}

export const inClusterSchema = v.lazy((input) => (has(input, "off") ? off : inClusterPartsSchema));
