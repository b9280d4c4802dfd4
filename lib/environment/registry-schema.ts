import * as v from "valibot";

/** The shape of a registry's record. Rules about values: check-registry.ts. */
const strings = v.array(v.string());

export const registrySchema = v.strictObject({
  id: v.string(),
  account: v.strictObject({
    accountId: v.string(),
    region: v.string(),
    iamPath: v.optional(v.string()),
    permissionsBoundaryArn: v.optional(v.string()),
    deployRoleArn: v.optional(v.string()),
  }),
  state: v.strictObject({
    store: v.string(),
    roleArn: v.optional(v.string()),
    locking: v.optional(v.picklist(["both", "s3"])),
  }),
  tags: v.objectWithRest({ Team: v.string(), CostCenter: v.string() }, v.string()),
  images: strings,
  charts: strings,
  pullAccountIds: v.optional(strings),
  untaggedDays: v.optional(v.number()),
  removal: v.picklist(["retain", "destroy"]),
});
