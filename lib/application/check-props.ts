import { Construct } from "constructs";
import * as v from "valibot";
import type { Faults } from "../core/faults";
import { addShapeFaults } from "../core/shape-faults";
import { applicationShape } from "./application-shape";

const ranges = v.optional(v.array(v.string()));

/** A namespace by what it can do, not by its class: others than `Namespace` can be spoken for. */
const trafficNamespace = {
  ...v.custom<Construct>((value) => Construct.isConstruct(value) && typeof Reflect.get(value, "allow") === "function"),
  expects: "Namespace",
};

const propsShape = v.strictObject({
  ...applicationShape,
  environment: v.strictObject({
    stage: v.string(),
    domain: v.optional(v.string()),
    kubernetesVersion: v.string(),
    network: v.optional(
      v.looseObject({ kubernetesApiCidrBlocks: ranges, loadBalancerCidrBlocks: ranges, vpcCidrBlocks: ranges }),
    ),
    cluster: v.optional(v.instance(Construct)),
    removal: v.optional(v.string()),
  }),
  namespace: v.optional(trafficNamespace),
  allow: v.optional(v.array(v.looseObject({}))),
  after: v.optional(v.array(v.instance(Construct))),
});

/** Adds what the compiler tells of an application in code, for those who write JavaScript. No value is told: it may be a secret. */
export function checkProps(faults: Faults, props: unknown): void {
  const { issues = [] } = v.safeParse(propsShape, props);
  addShapeFaults(
    faults,
    issues,
    (path) => path || "props",
    () => false,
  );
}
