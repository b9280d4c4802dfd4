import type { AwsEnvironmentConfig, StateStoreConfig } from "../../lib/environment/environment-config";
import type { InClusterConfig } from "../../lib/environment/in-cluster-config";

const REGION = "eu-west-3";
const ZONES = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];
const TAGS = { Team: "platform", CostCenter: "platform" };

/** Holds the states of all environments, and the roles that CI begins with. */
const TOOLING = { accountId: "111122223333", region: REGION };

/** What the roles of an environment have in common; the account's stack makes deploy role and boundary. */
function environmentAccount(accountId: string): AwsEnvironmentConfig["account"] & { permissionsBoundaryArn: string } {
  return {
    accountId,
    region: REGION,
    deployRoleArn: `arn:aws:iam::${accountId}:role/platform-deploy`,
    iamPath: "/eks-platform/",
    permissionsBoundaryArn: `arn:aws:iam::${accountId}:policy/platform-boundary`,
  };
}

const ADDONS = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "kube-proxy": "v1.35.3-eksbuild.29",
  coredns: "v1.13.2-eksbuild.31",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
};
const IN_CLUSTER: InClusterConfig = { namespaces: [{ namespaceName: "genomics" }], releases: [] };
const FROM_OFFICE = [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }] as const;

export const store: StateStoreConfig = {
  id: "bootstrap",
  account: TOOLING,
  copyRegion: "eu-central-1",
  tags: TAGS,
};

const dev: AwsEnvironmentConfig = {
  kind: "aws",
  name: "dev",
  stage: "dev",
  account: environmentAccount("444455556666"),
  state: { store: store.id, roleArn: "arn:aws:iam::111122223333:role/state-dev", locking: "s3" },
  removal: "destroy",
  tags: TAGS,
  network: { cidrBlock: "10.16.0.0/16", availabilityZones: ZONES.slice(0, 2), natGateways: "single" },
  cluster: {
    clusterName: "dev",
    kubernetesVersion: "1.35",
    availabilityZones: ZONES.slice(0, 2),
    endpointAccess: FROM_OFFICE,
  },
  nodeGroups: [
    {
      nodeGroupName: "general",
      availabilityZones: ZONES.slice(0, 2),
      instanceTypes: ["m5.large"],
      scaling: { min: 1, desired: 1, max: 3 },
      releaseVersion: "1.35.8-20260930",
    },
  ],
  addons: ADDONS,
  access: [],
  inCluster: IN_CLUSTER,
};

const prod: AwsEnvironmentConfig = {
  kind: "aws",
  name: "prod",
  stage: "prod",
  account: environmentAccount("777788889999"),
  state: { store: store.id, roleArn: "arn:aws:iam::111122223333:role/state-prod", locking: "s3" },
  removal: "retain",
  tags: TAGS,
  network: { cidrBlock: "10.32.0.0/16", availabilityZones: ZONES, natGateways: "per-zone" },
  cluster: { clusterName: "prod", kubernetesVersion: "1.35", availabilityZones: ZONES, endpointAccess: FROM_OFFICE },
  nodeGroups: [
    {
      nodeGroupName: "general",
      availabilityZones: ZONES,
      instanceTypes: ["m5.large"],
      scaling: { min: 3, desired: 3, max: 10 },
      releaseVersion: "1.35.8-20260930",
    },
  ],
  addons: ADDONS,
  access: [],
  inCluster: IN_CLUSTER,
};

/** How an environment is delivered. */
export interface Delivery {
  readonly config: AwsEnvironmentConfig;
  /** ARN of the role that its pipeline begins with, in the tooling account. */
  readonly ciRoleArn: string;
  /** Who may become that role: what the runners of this environment run with, and those of no other. */
  readonly runners: readonly string[];
  /** By which an administrator of the tooling account reaches the environment's account. AWS Organizations makes it with the account. */
  readonly adminRoleArn: string;
}

export const deliveries: readonly Delivery[] = [
  {
    config: dev,
    ciRoleArn: "arn:aws:iam::111122223333:role/ci-dev",
    runners: ["arn:aws:iam::111122223333:role/runner-dev"],
    adminRoleArn: "arn:aws:iam::444455556666:role/OrganizationAccountAccessRole",
  },
  {
    config: prod,
    ciRoleArn: "arn:aws:iam::111122223333:role/ci-prod",
    runners: ["arn:aws:iam::111122223333:role/runner-prod"],
    adminRoleArn: "arn:aws:iam::777788889999:role/OrganizationAccountAccessRole",
  },
];
