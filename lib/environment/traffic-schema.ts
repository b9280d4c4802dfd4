import * as v from "valibot";

/** The shape of traffic in a record. */
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

export const trafficSchema = v.strictObject({
  to: v.optional(peer),
  from: v.optional(peer),
  within: v.optional(v.literal("namespace")),
  ports: v.optional(v.array(port)),
  pods: v.optional(texts),
  peerPods: v.optional(texts),
  reason: v.optional(v.string()),
});
