import * as v from "valibot";

/** What records of several kinds have in common, as shapes. */
export const strings = v.array(v.string());
export const tags = v.objectWithRest({ Team: v.string(), CostCenter: v.string() }, v.string());
export const removal = v.picklist(["retain", "destroy"]);
export const account = {
  accountId: v.string(),
  region: v.string(),
  iamPath: v.optional(v.string()),
  permissionsBoundaryArn: v.optional(v.string()),
};
export const storedState = v.strictObject({
  store: v.string(),
  roleArn: v.optional(v.string()),
  locking: v.optional(v.picklist(["both", "s3"])),
});
