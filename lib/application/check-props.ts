import * as v from "valibot";
import type { Faults } from "../core/faults";
import { checkPropsShape } from "../core/props-shape";
import { aCluster } from "../eks/cluster-shape";
import { releasesShape } from "../helm/release-shape";
import { aTrafficNamespace } from "../kubernetes/namespace-shape";
import { applicationShape } from "./application-shape";

const ranges = v.optional(v.array(v.string()));

const propsShape = v.strictObject({
  ...applicationShape,
  environment: v.strictObject({
    stage: v.string(),
    domain: v.optional(v.string()),
    kubernetesVersion: v.string(),
    network: v.optional(
      v.looseObject({ kubernetesApiCidrBlocks: ranges, loadBalancerCidrBlocks: ranges, vpcCidrBlocks: ranges }),
    ),
    cluster: v.optional(aCluster),
    removal: v.optional(v.string()),
  }),
  namespace: v.optional(aTrafficNamespace),
  allow: v.optional(v.array(v.looseObject({}))),
  after: v.optional(releasesShape),
});

/** Adds what the compiler tells of an application in code, for those who write JavaScript. No value is told: it may be a secret. */
export function checkProps(faults: Faults, props: unknown): void {
  checkPropsShape(faults, propsShape, props);
}
