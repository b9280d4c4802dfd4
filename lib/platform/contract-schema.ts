import * as v from "valibot";
import { REMOVALS } from "../core/removal";
import { STAGES } from "../core/stage";
import type { PlatformContract } from "./contract";
import type { UnknownKeys } from "./contract-version";

const text = v.string();
const texts = v.array(text);
const zones = v.optional(noList(v.record(text, text)));

/** valibot takes a list for an object, and one without items then for an object without keys. */
function noList<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  const check = v.rawCheck<unknown>(({ dataset, addIssue }) => {
    if (Array.isArray(dataset.value)) addIssue({ expected: "Object" });
  });
  return v.pipe(v.unknown(), check, schema);
}

/** The shape of a contract. Rules about values are in `checkContractValues`. */
export function contractSchema(unknownKeys: UnknownKeys): v.GenericSchema<unknown, PlatformContract> {
  // Both have the same type of output; the one drops what it does not know.
  const object = (unknownKeys === "refused" ? v.strictObject : v.object) as typeof v.object;
  return object({
    contractVersion: text,
    writtenBy: text,
    environment: text,
    team: text,
    stage: v.picklist(STAGES),
    removal: v.picklist(REMOVALS),
    domain: v.optional(text),
    account: object({ accountId: text, region: text }),
    cluster: object({ clusterName: text, kubernetesVersion: text }),
    network: object({
      cidrBlocks: texts,
      subnets: noList(
        object({
          public: zones,
          "private-with-egress": zones,
          "private-isolated": zones,
          "control-plane": zones,
        }),
      ),
      traffic: noList(
        object({
          kubernetesApiCidrBlocks: v.optional(texts),
          loadBalancerCidrBlocks: v.optional(texts),
          loadBalancerNamespace: v.optional(text),
          vpcCidrBlocks: v.optional(texts),
          monitoringNamespace: v.optional(text),
          dnsAddress: v.optional(text),
        }),
      ),
    }),
    namespaces: noList(
      v.record(text, object({ podSecurityLevel: v.picklist(["restricted", "baseline", "privileged"]) })),
    ),
    identity: object({
      deployRoleArn: text,
      podRoles: v.optional(object({ iamPath: text, permissionsBoundaryArn: text })),
      networkPolicies: v.boolean(),
    }),
    state: v.optional(object({ bucketName: text, region: text, keyAliasArn: text, keyPrefix: text })),
    tags: noList(v.record(text, text)),
    parameters: object({ contract: text, live: text }),
  });
}
