import * as v from "valibot";

/** What a known chart has besides. */
const known = { crds: v.optional(v.string()), shape: v.optional(v.looseObject({})) };
const localChart = v.strictObject({ path: v.string(), ...known });
const repositoryChart = v.strictObject({ repository: v.string(), name: v.string(), version: v.string(), ...known });

/** The shape of where a chart is, in a record. */
export const chartSchema = v.lazy((input) =>
  typeof input === "object" && input !== null && "path" in input ? localChart : repositoryChart,
);
