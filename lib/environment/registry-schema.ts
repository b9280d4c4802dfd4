import * as v from "valibot";
import { account, removal, storedState, strings, tags } from "./record-shapes";

/** The shape of a registry's record. Rules about values: check-registry.ts. */
export const registrySchema = v.strictObject({
  id: v.string(),
  account: v.strictObject({ ...account, deployRoleArn: v.optional(v.string()) }),
  state: storedState,
  tags,
  images: strings,
  charts: strings,
  pullAccountIds: v.optional(strings),
  untaggedDays: v.optional(v.number()),
  removal,
});
