import * as v from "valibot";
import type { Faults } from "../core/faults";
import { addShapeFaults } from "../core/shape-faults";
import { STAGES } from "../core/stage";
import { AMI_TYPES } from "../eks/ami-type";
import type { EnvironmentConfig, StateStoreConfig } from "./environment-config";
import { has, inClusterPartsSchema, inClusterSchema } from "./in-cluster-schema";
import { account, removal, storedState, strings, tags } from "./record-shapes";
import type { RegistryConfig } from "./registry-config";
import { registrySchema } from "./registry-schema";

/**
 * The shape of the records, for what the compiler cannot see: JavaScript users, data from elsewhere, a cast. Rules about values live
 * with the constructs that need them.
 */
const tier = v.picklist(["public", "private-with-egress", "private-isolated", "control-plane"]);

const network = v.strictObject({
  cidrBlock: v.string(),
  availabilityZones: strings,
  tiers: v.optional(v.array(tier)),
  subnetCidrBlocks: v.optional(v.record(tier, v.record(v.string(), v.string()))),
  reservedZones: v.optional(v.picklist([4, 8])),
  secondaryCidrBlocks: v.optional(
    v.record(v.string(), v.strictObject({ cidrBlock: v.string(), tier: v.optional(tier) })),
  ),
  natGateways: v.optional(v.picklist(["none", "single", "per-zone"])),
  interfaceEndpoints: v.optional(strings),
});

const cluster = v.strictObject({
  clusterName: v.string(),
  kubernetesVersion: v.string(),
  availabilityZones: strings,
  subnetGroup: v.optional(v.string()),
  endpointAccess: v.array(v.strictObject({ via: v.picklist(["route", "runner", "public"]), cidrBlocks: strings })),
  serviceCidrBlock: v.optional(v.string()),
  autoMode: v.optional(v.strictObject({ nodePools: v.array(v.picklist(["general-purpose", "system"])) })),
  supportType: v.optional(v.picklist(["standard", "extended"])),
});

const nodeGroup = v.strictObject({
  nodeGroupName: v.string(),
  subnetGroup: v.optional(v.string()),
  kubernetesVersion: v.optional(v.string()),
  availabilityZones: strings,
  instanceTypes: strings,
  scaling: v.strictObject({
    min: v.number(),
    desired: v.number(),
    max: v.number(),
    mode: v.optional(v.picklist(["autoscaled", "fixed"])),
  }),
  releaseVersion: v.string(),
  amiType: v.optional(v.picklist(AMI_TYPES)),
  capacityType: v.optional(v.picklist(["ON_DEMAND", "SPOT"])),
  volumeSizeGiB: v.optional(v.number()),
  labels: v.optional(v.record(v.string(), v.string())),
  taints: v.optional(
    v.array(
      v.strictObject({
        key: v.string(),
        value: v.optional(v.string()),
        effect: v.picklist(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]),
      }),
    ),
  ),
  maxUnavailablePercentage: v.optional(v.number()),
  nodeRepair: v.optional(v.boolean()),
  sessionManager: v.optional(v.boolean()),
});

const accessEntry = v.strictObject({
  principalArn: v.string(),
  policies: v.optional(v.array(v.strictObject({ policy: v.string(), namespaces: v.optional(strings) }))),
  kubernetesGroups: v.optional(strings),
});

const awsEnvironment = v.strictObject({
  kind: v.literal("aws"),
  name: v.string(),
  stage: v.picklist(STAGES),
  account: v.strictObject({ ...account, deployRoleArn: v.string() }),
  state: storedState,
  removal,
  tags,
  domain: v.optional(v.string()),
  network,
  cluster,
  nodeGroups: v.array(nodeGroup),
  addons: v.record(v.string(), v.string()),
  access: v.array(accessEntry),
  inCluster: inClusterSchema,
});

const otherState = v.strictObject({
  backend: v.string(),
  arguments: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
});

const kubeconfigEnvironment = v.strictObject({
  kind: v.literal("kubeconfig"),
  name: v.string(),
  stage: v.picklist(STAGES),
  kubeconfig: v.strictObject({ path: v.string(), context: v.string() }),
  kubernetesVersion: v.string(),
  state: v.optional(v.lazy((input) => (has(input, "backend") ? otherState : storedState))),
  removal,
  domain: v.optional(v.string()),
  network: v.optional(
    v.strictObject({
      kubernetesApiCidrBlocks: v.optional(strings),
      loadBalancerCidrBlocks: v.optional(strings),
      loadBalancerNamespace: v.optional(v.string()),
      monitoringNamespace: v.optional(v.string()),
      dnsAddress: v.optional(v.string()),
    }),
  ),
  inCluster: inClusterPartsSchema,
});

export const environmentSchema = v.variant("kind", [awsEnvironment, kubeconfigEnvironment]);

export const stateStoreSchema = v.strictObject({
  id: v.string(),
  account: v.strictObject(account),
  copyRegion: v.string(),
  prefix: v.optional(v.string()),
  tags,
});

/** Where a slip may have put a password, or an address with one. */
const MAY_BE_SECRET = /^(state|inCluster\.(applications|secrets|releases))(\.|$)/;

/** Adds a fault for everything in a record that has the wrong shape, and says whether it has the right one. */
export function checkShape(
  faults: Faults,
  name: string,
  schema: typeof environmentSchema | typeof stateStoreSchema | typeof registrySchema,
  record: EnvironmentConfig | StateStoreConfig | RegistryConfig,
): boolean {
  const { issues } = v.safeParse(schema, record);
  addShapeFaults(
    faults,
    issues ?? [],
    (path) => [name, path].filter(Boolean).join("."),
    (path) => !MAY_BE_SECRET.test(path),
  );
  return issues === undefined;
}
