import * as v from "valibot";
import { aConstruct } from "../core/props-shape";
import { aNamespace } from "../kubernetes/namespace-shape";

const text = v.optional(v.string());
const number = v.optional(v.number());
const flag = v.optional(v.boolean());

/** Where a chart comes from. */
export const chartShape = v.lazy((input) =>
  v.looseObject(
    typeof input === "object" && input !== null && "path" in input
      ? { path: v.string() }
      : { repository: v.string(), name: v.string(), version: v.string() },
  ),
);

/** Releases to come after, by what an order needs of them. */
export const releasesShape = v.array(
  aConstruct("a release", ({ identity, resource }) => typeof identity === "string" && typeof resource === "object"),
);

/** The shape of a release in code. Rules about values live with the checks. */
export const releaseShape = v.strictObject({
  releaseName: v.string(),
  namespace: aNamespace,
  chart: chartShape,
  values: v.optional(v.unknown()),
  notSecret: v.optional(v.record(v.string(), v.string())),
  crds: text,
  timeoutSeconds: number,
  wait: flag,
  atomic: flag,
  cleanupOnFail: flag,
  maxHistory: number,
  systemNamespaceReason: text,
  removal: text,
  after: v.optional(releasesShape),
});
