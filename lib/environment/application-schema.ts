import * as v from "valibot";
import { chartSchema } from "./chart-schema";
import { trafficSchema } from "./traffic-schema";

/** The shape of an application in a record. What may be a password reaches the checks that do not repeat it. */
const strings = v.array(v.string());
const texts = v.record(v.string(), v.string());
/** Text, or what `knownAtApply` answers. */
const text = v.union([v.string(), v.looseObject({})]);

const database = v.strictObject({
  host: text,
  port: v.optional(v.number()),
  name: v.string(),
  user: v.string(),
  password: v.unknown(),
  cidrBlocks: strings,
  securityGroupId: v.optional(v.string()),
});

export const applicationSchema = v.strictObject({
  applicationName: v.string(),
  team: v.string(),
  namespace: v.optional(v.string()),
  namespaceName: v.optional(v.string()),
  image: v.strictObject({ repository: v.string(), tag: v.optional(v.string()), digest: v.optional(v.string()) }),
  host: v.optional(v.string()),
  database: v.optional(v.lazy((input) => (typeof input === "string" ? v.unknown() : database))),
  replicas: v.optional(v.strictObject({ min: v.number(), max: v.number() })),
  env: v.optional(v.record(v.string(), v.unknown())),
  statements: v.optional(v.array(v.looseObject({}))),
  allow: v.optional(v.array(trafficSchema)),
  chart: v.optional(chartSchema),
  values: v.optional(v.union([v.array(v.looseObject({})), v.looseObject({})])),
  notSecret: v.optional(texts),
  timeoutSeconds: v.optional(v.number()),
  after: v.optional(strings),
});
