import type { Release } from "@cdktf/provider-helm/lib/release";
import type { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import {
  Annotations,
  Aspects,
  type IAspect,
  TerraformDataSource,
  type TerraformElement,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ValidationError } from "../core/validation-error";

/**
 * Types without a version in their name that have a successor with one. The provider removes them in its version 4, and no state can be
 * moved: to rename `kubernetes_namespace` deletes the namespace with everything in it (hashicorp/terraform-provider-kubernetes#2812).
 */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ...[
    "api_service",
    "certificate_signing_request",
    "cluster_role",
    "cluster_role_binding",
    "config_map",
    "cron_job",
    "csi_driver",
    "default_service_account",
    "deployment",
    "endpoints",
    "ingress",
    "ingress_class",
    "job",
    "limit_range",
    "mutating_webhook_configuration",
    "namespace",
    "network_policy",
    "persistent_volume",
    "persistent_volume_claim",
    "pod",
    "pod_disruption_budget",
    "priority_class",
    "replication_controller",
    "resource_quota",
    "role",
    "role_binding",
    "secret",
    "service",
    "service_account",
    "stateful_set",
    "storage_class",
    "validating_webhook_configuration",
  ].map((type): [string, string] => [`kubernetes_${type}`, `kubernetes_${type}_v1`]),
  ["kubernetes_daemonset", "kubernetes_daemon_set_v1"],
  ["kubernetes_horizontal_pod_autoscaler", "kubernetes_horizontal_pod_autoscaler_v2"],
]);

/** Adds the Aspect to the stack of a construct, once. */
export function refuseManifests(scope: Construct): void {
  const aspects = Aspects.of(TerraformStack.of(scope));
  if (!aspects.all.some((aspect) => aspect instanceof RefuseManifests)) aspects.add(new RefuseManifests());
}

/**
 * Makes synth fail for what works on one machine and breaks a later deploy: `kubernetes_manifest`, types of the Kubernetes provider that
 * it will remove, and values of a Helm release that do not go through `values`; and for what writes a Secret's values into the state.
 */
export class RefuseManifests implements IAspect {
  visit(node: IConstruct): void {
    if (TerraformDataSource.isTerraformDataSource(node)) refuseSecretReader(node);
    if (!TerraformResource.isTerraformResource(node)) return;
    const type = node.terraformResourceType;
    const successor = SUCCESSORS.get(type);
    if (type === "kubernetes_manifest") {
      const fix = "use CustomResources, which plans without a cluster, and before the kinds are there";
      refuse(node, type, "must not be used: its plan asks the API server", fix);
    } else if (successor) {
      const rule = "must not be used: the provider will remove it, and no state can be moved";
      refuse(node, type, rule, `use ${successor}`);
    } else if (type === "helm_release") refuseSet(node);
    else if (type === "kubernetes_secret_v1") refuseSecretData(node);
    else if (type === "kubernetes_secret_v1_data") refuse(node, type, IN_STATE, USE_SECRET);
  }
}

const IN_STATE = "must not be used: its values are written into the state";
const USE_SECRET = "use Secret, whose values are variables";

function refuseSecretReader(node: TerraformDataSource): void {
  const type = node.terraformResourceType;
  if (!/^kubernetes_secret(_v1)?$/.test(type)) return;
  refuse(node, type, IN_STATE, "let what needs the values read them in the cluster, by the Secret's name");
}

/** Without a revision the provider reads all values back, those of a token that Kubernetes makes among them. */
function refuseSecretData(node: TerraformResource & Partial<SecretV1>): void {
  const { dataInput, binaryDataInput, dataWoRevisionInput, binaryDataWoRevisionInput } = node;
  const lies = { data: dataInput, binary_data: binaryDataInput };
  const overrides = overridesOf(node);
  for (const [argument, value] of Object.entries(lies))
    if (value !== undefined || argument in overrides) refuse(node, argument, IN_STATE, USE_SECRET);
  const revisions = { data_wo_revision: dataWoRevisionInput, binary_data_wo_revision: binaryDataWoRevisionInput };
  const hasRevision = Object.entries(revisions).some(([name, value]) => value !== undefined || name in overrides);
  const rule = "must be set: without it the provider writes the values of the Secret into the state";
  if (!hasRevision) refuse(node, "data_wo_revision", rule, USE_SECRET);
}

/** @see https://github.com/hashicorp/terraform-provider-helm/issues/1753 about `set_wo` */
function refuseSet(node: TerraformResource & Partial<Release>): void {
  const { setInput, setListInput, setSensitiveInput, setWoInput } = node;
  const given = { set: setInput, set_list: setListInput, set_sensitive: setSensitiveInput, set_wo: setWoInput };
  const overrides = overridesOf(node);
  for (const [argument, value] of Object.entries(given)) {
    if (value === undefined && !(argument in overrides)) continue;
    const rule = "must not be used: a plan does not show it beside the other values, and an upgrade can lose it";
    refuse(node, argument, rule, "use 'values' of HelmRelease, and the name of a Secret for what is secret");
  }
}

/** Protected, but to write the whole resource out only to look for them would cost more than the resource. */
function overridesOf(node: TerraformResource): object {
  return Reflect.get(node, "rawOverrides") ?? {};
}

function refuse(node: TerraformElement, property: string, rule: string, fix: string): void {
  Annotations.of(node).addError(new ValidationError(node.node.path, [{ property, rule, fix }]).message);
}
