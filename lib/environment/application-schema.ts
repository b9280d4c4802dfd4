import * as v from "valibot";
import { applicationShape } from "../application/application-shape";
import { chartSchema } from "./chart-schema";
import { trafficSchema } from "./traffic-schema";

/** The shape of an application in a record. */
export const applicationSchema = v.strictObject({
  ...applicationShape,
  namespace: v.optional(v.string()),
  allow: v.optional(v.array(trafficSchema)),
  chart: v.optional(chartSchema),
  after: v.optional(v.array(v.string())),
});
