import { isSame } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";

/** Left out, the provider keeps what AWS has. */
const COMPUTED = Symbol("computed");

/** Attributes by their path, each with what the provider takes if nothing is written. */
type ReplacedBy = Readonly<Record<string, unknown>>;

const of = (...attributes: readonly string[]): ReplacedBy =>
  Object.fromEntries(attributes.map((attribute) => [attribute, undefined]));

/**
 * Attributes that cannot be changed in place: Terraform destroys the resource and makes another one. Those of the resources that this library
 * makes, not all there are.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/internal/service (attributes with `ForceNew` or `RequiresReplace`)
 * @see https://github.com/hashicorp/terraform-provider-helm/blob/v3.1.1/helm/resource_helm_release.go
 */
const REPLACED_BY: Readonly<Record<string, ReplacedBy>> = {
  aws_cloudwatch_log_group: { ...of("name"), log_group_class: COMPUTED },
  aws_default_security_group: { vpc_id: COMPUTED },
  aws_dynamodb_table: of("name", "hash_key", "range_key"),
  aws_ecr_lifecycle_policy: of("repository"),
  aws_ecr_repository: of("name", "encryption_configuration"),
  aws_eip: { domain: COMPUTED },
  aws_eks_access_entry: { ...of("cluster_name", "principal_arn"), type: "STANDARD" },
  aws_eks_access_policy_association: of("access_scope", "cluster_name", "policy_arn", "principal_arn"),
  aws_eks_addon: of("addon_name", "cluster_name"),
  aws_eks_cluster: {
    ...of("name", "role_arn"),
    "access_config.bootstrap_cluster_creator_admin_permissions": true,
    bootstrap_self_managed_addons: true,
    "kubernetes_network_config.ip_family": COMPUTED,
    "kubernetes_network_config.service_ipv4_cidr": COMPUTED,
  },
  aws_eks_node_group: {
    ...of("cluster_name", "instance_types", "node_role_arn", "subnet_ids"),
    ami_type: COMPUTED,
    capacity_type: COMPUTED,
    disk_size: COMPUTED,
    "launch_template.id": COMPUTED,
    "launch_template.name": COMPUTED,
    node_group_name: COMPUTED,
  },
  aws_eks_pod_identity_association: of("cluster_name", "namespace", "service_account"),
  aws_flow_log: {
    ...of("iam_role_arn", "log_destination", "traffic_type", "vpc_id"),
    log_destination_type: "cloud-watch-logs",
    max_aggregation_interval: 600,
  },
  aws_iam_policy: { name: COMPUTED, path: "/", ...of("description") },
  aws_iam_role: { name: COMPUTED, path: "/" },
  aws_iam_role_policy: { name: COMPUTED, ...of("role") },
  aws_iam_role_policy_attachment: of("policy_arn", "role"),
  aws_iam_service_linked_role: of("aws_service_name", "custom_suffix"),
  aws_kms_alias: { name: COMPUTED },
  aws_kms_key: {
    customer_master_key_spec: "SYMMETRIC_DEFAULT",
    key_usage: "ENCRYPT_DECRYPT",
    multi_region: COMPUTED,
  },
  aws_launch_template: { name: COMPUTED },
  aws_nat_gateway: { ...of("allocation_id", "subnet_id"), connectivity_type: "public" },
  aws_route: of(
    "route_table_id",
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
  ),
  aws_route_table: of("vpc_id"),
  aws_route_table_association: of("subnet_id", "gateway_id"),
  aws_s3_bucket: { bucket: COMPUTED, object_lock_enabled: COMPUTED },
  aws_security_group: { name: COMPUTED, description: "Managed by Terraform", vpc_id: COMPUTED },
  aws_ssm_parameter: of("name"),
  aws_subnet: { ...of("cidr_block", "vpc_id"), availability_zone: COMPUTED },
  aws_vpc: { cidr_block: COMPUTED },
  aws_vpc_endpoint: { ...of("service_name", "vpc_id"), vpc_endpoint_type: "Gateway" },
  aws_vpc_endpoint_route_table_association: of("route_table_id", "vpc_endpoint_id"),
  aws_vpc_security_group_egress_rule: of("security_group_id"),
  aws_vpc_security_group_ingress_rule: of("security_group_id"),
  helm_release: { ...of("name"), namespace: "default" },
};

/** What the settings of a bucket, and every object of Kubernetes, have in common. */
const BY_PREFIX: readonly (readonly [string, ReplacedBy])[] = [
  ["aws_s3_bucket_", of("bucket")],
  ["kubernetes_", { "metadata.name": COMPUTED, "metadata.namespace": "default" }],
];

/** Attributes whose order means nothing. */
const SETS = ["subnet_ids"];

/** An attribute that differs. */
export interface Replacement {
  readonly attribute: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The attributes for which a resource is replaced, as far as they are known. What its lifecycle ignores does not count. */
export function replacements(type: string, before: Body, after: Body): Replacement[] {
  const attributes = REPLACED_BY[type] ?? BY_PREFIX.find(([prefix]) => type.startsWith(prefix))?.[1] ?? {};
  const ignored = valueAt(after, "lifecycle.ignore_changes");
  return Object.entries(attributes)
    .filter(([attribute]) => !isIgnored(attribute, ignored))
    .map(([attribute, fallback]) => compared(attribute, fallback, before, after))
    .filter(({ attribute, from, to }) => !isSame(comparable(attribute, from), comparable(attribute, to)));
}

function compared(attribute: string, fallback: unknown, before: Body, after: Body): Replacement {
  const [from, to] = [valueAt(before, attribute), valueAt(after, attribute)];
  if (fallback === COMPUTED) return { attribute, from, to: to ?? from };
  return { attribute, from: from ?? fallback, to: to ?? fallback };
}

function comparable(attribute: string, value: unknown): unknown {
  return SETS.includes(attribute) && Array.isArray(value) ? [...value].sort() : value;
}

function isIgnored(attribute: string, ignored: unknown): boolean {
  if (ignored === "all") return true;
  return Array.isArray(ignored) && ignored.some((each) => attribute === each || attribute.startsWith(`${each}.`));
}

/** The value at a path; a block that stands once is an object or a list of one. */
export function valueAt(body: Body, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, key) => {
    const block = Array.isArray(inside) ? inside[0] : inside;
    return isMap(block) ? (block[key] ?? undefined) : undefined;
  }, body);
}
