import * as v from "valibot";
import { chartShape } from "../helm/release-shape";
import { isPlainObject } from "../helm/values";

const text = v.optional(v.string());
const number = v.optional(v.number());

/** What may be a password, or an address with one, reaches the checks that do not repeat it. */
const database = v.strictObject({
  host: v.optional(v.unknown()),
  port: number,
  name: v.string(),
  user: v.string(),
  password: v.optional(v.unknown()),
  cidrBlocks: v.array(v.string()),
  securityGroupId: text,
});

/** A namespace's quota. */
export const quotaShape = v.strictObject({
  cpu: text,
  memory: text,
  memoryLimits: text,
  pods: number,
  persistentVolumeClaims: number,
  storage: text,
  loadBalancers: number,
  nodePorts: number,
  jobs: number,
});

/** The shape of what is said of an application, in code and in records. Rules about values live with the checks. */
export const applicationShape = {
  applicationName: v.string(),
  team: v.string(),
  namespaceName: text,
  quota: v.optional(quotaShape),
  image: v.strictObject({ repository: v.string(), tag: text, digest: text }),
  host: text,
  database: v.optional(v.lazy((input) => (isPlainObject(input) ? database : v.unknown()))),
  replicas: v.optional(v.strictObject({ min: v.number(), max: v.number() })),
  env: v.optional(v.record(v.string(), v.unknown())),
  statements: v.optional(v.array(v.looseObject({}))),
  chart: v.optional(chartShape),
  values: v.optional(v.unknown()),
  notSecret: v.optional(v.record(v.string(), v.string())),
  timeoutSeconds: number,
};
