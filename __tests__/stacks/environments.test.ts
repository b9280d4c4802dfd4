import { platform } from "../../stacks/environments";
import { synthesizePlatform } from "../support/platform";

const stacks = synthesizePlatform(platform);

/** What every environment has in the same number. */
const always = {
  aws_cloudwatch_log_group: 2, // control plane, flow logs
  aws_default_security_group: 1, // closed: nothing may use it by accident
  aws_eks_access_entry: 7, // the deploy role, the administrators, those of three teams, one of them a team's deploy role
  aws_eks_access_policy_association: 2, // what makes both administrators
  aws_eks_addon: 5, // CNI, kube-proxy, Pod Identity agent; DNS, EBS
  aws_eks_cluster: 1, // the control plane
  aws_eks_node_group: 1, // genomics
  aws_eks_pod_identity_association: 3, // CNI, EBS controller, the pipeline of genomics
  aws_flow_log: 1, // all traffic of the VPC
  aws_iam_policy: 1, // bounds roles of pods that genomics makes
  aws_iam_role: 7, // control plane, nodes, CNI, EBS controller, flow logs, the pipeline of genomics, genomics deploys
  aws_iam_role_policy: 4, // control plane uses the secrets key, flow logs are delivered, the pipeline reads, genomics deploys
  aws_iam_role_policy_attachment: 5, // control plane 1, nodes 2, CNI 1, EBS 1
  aws_internet_gateway: 1, // the way out of the public subnets
  aws_kms_alias: 2, // a name for each key
  aws_kms_key: 2, // secrets; logs and volumes
  aws_launch_template: 1, // how nodes of genomics start
  aws_ssm_parameter: 2, // the contract of genomics, and what is known after a deploy
  aws_vpc: 1, // the network
  aws_vpc_endpoint: 2, // S3 and DynamoDB, at no cost
  aws_vpc_security_group_ingress_rule: 1, // the route's range reaches the private endpoint
  helm_release: 3, // what teams may not make, platform-info, the surveillance API
  kubernetes_default_service_account_v1: 5, // of each namespace
  kubernetes_limit_range_v1: 5,
  kubernetes_namespace_v1: 5, // platform, genomics, genomics-jobs, clinical-trials, syndromic-surveillance
  kubernetes_network_policy_v1: 23, // two that close each namespace, nine of records and four of the API that open
  kubernetes_priority_class_v1: 1,
  kubernetes_resource_quota_v1: 5,
  kubernetes_role_binding_v1: 9, // three roles in two namespaces of genomics, two in clinical-trials, one in the API's
  kubernetes_role_v1: 9,
  kubernetes_secret_v1: 1, // the password of the API's database
  kubernetes_service_account_v1: 2, // the pipeline of genomics, the API
  kubernetes_storage_class_v1: 1,
  terraform_data: 3, // the readiness gate, the storage class's reclaim policy, the keys of the Secret
};

const census: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bootstrap: {
    aws_dynamodb_table: 1, // the lock
    aws_iam_role: 1, // S3 copies state
    aws_iam_role_policy: 1, // what it needs for that
    aws_iam_service_linked_role: 5, // what key policies and EKS expect to be there
    aws_kms_alias: 2, // a name for each key
    aws_kms_key: 2, // state; copies of state
    aws_s3_bucket: 3, // state, access logs, copies
    aws_s3_bucket_lifecycle_configuration: 3, // old versions go, in each bucket
    aws_s3_bucket_logging: 1, // who read the state
    aws_s3_bucket_notification: 3, // events of each bucket to EventBridge
    aws_s3_bucket_ownership_controls: 3, // no ACLs in any bucket
    aws_s3_bucket_policy: 3, // TLS only, each bucket
    aws_s3_bucket_public_access_block: 3, // never public, each bucket
    aws_s3_bucket_replication_configuration: 1, // state to copies
    aws_s3_bucket_server_side_encryption_configuration: 3, // each bucket
    aws_s3_bucket_versioning: 3, // each bucket
  },
  registry: {
    aws_ecr_lifecycle_policy: 2, // for each repository
    aws_ecr_repository: 2, // an image, a chart
    aws_kms_alias: 1, // a name for the key
    aws_kms_key: 1, // images and charts
  },
  dev: {
    ...always,
    aws_eip: 1, // of the NAT gateway
    aws_nat_gateway: 1, // one for both zones
    aws_route: 3, // internet, NAT from two zones
    aws_route_table: 4, // public, control plane, private in two zones
    aws_route_table_association: 6, // each subnet
    aws_subnet: 6, // three tiers in two zones
    aws_vpc_endpoint_route_table_association: 4, // two endpoints in two private tables
  },
  staging: {
    ...always,
    aws_eip: 1, // of the NAT gateway
    aws_nat_gateway: 1, // one for all three zones
    aws_route: 4, // internet, NAT from three zones
    aws_route_table: 5, // public, control plane, private in three zones
    aws_route_table_association: 9, // each subnet
    aws_subnet: 9, // three tiers in three zones
    aws_vpc_endpoint_route_table_association: 6, // two endpoints in three private tables
  },
  prod: {
    ...always,
    aws_eip: 3, // of each NAT gateway
    aws_nat_gateway: 3, // one in each zone: a lost zone takes no other with it
    aws_route: 4, // internet, NAT from three zones
    aws_route_table: 5, // public, control plane, private in three zones
    aws_route_table_association: 9, // each subnet
    aws_subnet: 9, // three tiers in three zones
    aws_vpc_endpoint_route_table_association: 6, // two endpoints in three private tables
  },
  local: {
    helm_release: 2, // Ollama, LibreChat
    kubernetes_default_service_account_v1: 2, // of each namespace
    kubernetes_limit_range_v1: 2,
    kubernetes_namespace_v1: 2, // ollama, librechat
    kubernetes_network_policy_v1: 13, // two that close each namespace, six sentences that open, three of them at both ends
    kubernetes_resource_quota_v1: 2,
    kubernetes_secret_v1: 3, // LibreChat, Meilisearch, MongoDB
    terraform_data: 3, // the keys of each Secret
  },
};

test("there is a stack for each state store, each registry and each environment, and no other", () => {
  expect(Object.keys(stacks)).toEqual(["bootstrap", "registry", "dev", "staging", "prod", "local"]);
  expect(Object.keys(census)).toEqual(Object.keys(stacks));
});

test.each(Object.keys(stacks))("%s has these resources and no others", (name) => {
  expect(stacks[name]?.census).toEqual(census[name]);
});

test.each(Object.keys(stacks))("%s is, whole, with providers and backend", (name) => {
  expect(stacks[name]?.json).toMatchSnapshot();
});
