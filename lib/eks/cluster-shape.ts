import { aConstruct } from "../core/props-shape";

/** A cluster, made here or elsewhere. */
export const aCluster = aConstruct(
  "a cluster",
  ({ clusterName, account }) => typeof clusterName === "string" && typeof account === "object" && account !== null,
);
