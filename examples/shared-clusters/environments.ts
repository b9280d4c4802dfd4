import type { Stage } from "../../lib/core/stage";
import type { AwsEnvironmentConfig, PlatformConfig } from "../../lib/environment/environment-config";
import type { TeamConfig } from "../../lib/environment/in-cluster-config";
import type { QuotaOptions } from "../../lib/kubernetes/quota";

const ACCOUNT_ID = "111122223333";
const role = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
const account = { accountId: ACCOUNT_ID, region: "eu-west-3", deployRoleArn: role("platform-deploy") };

/** An environment of the application: a tenant of one cluster. */
export interface Environment {
  readonly name: string;
  readonly cluster: "lower" | "ops" | "prod";
  readonly stage: Stage;
  readonly imageTag: string;
  readonly replicas: { readonly min: number; readonly max: number };
  /** What all its pods may have together: its part of the nodes. */
  readonly quota: QuotaOptions;
  readonly costCenter: string;
  /** What developers may do in it. */
  readonly developers: "edit" | "view";
}

export const ENVIRONMENTS: readonly Environment[] = [
  {
    name: "dev",
    cluster: "lower",
    stage: "dev",
    imageTag: "1.5.0-rc.2",
    replicas: { min: 1, max: 2 },
    quota: { cpu: "4", memory: "8Gi" },
    costCenter: "epidemiology",
    developers: "edit",
  },
  {
    name: "qa",
    cluster: "lower",
    stage: "dev",
    imageTag: "1.5.0-rc.1",
    replicas: { min: 1, max: 3 },
    quota: { cpu: "4", memory: "8Gi" },
    costCenter: "quality",
    developers: "view",
  },
  {
    name: "staging",
    cluster: "lower",
    stage: "staging",
    imageTag: "1.4.2",
    replicas: { min: 2, max: 4 },
    quota: { cpu: "8", memory: "16Gi" },
    costCenter: "epidemiology",
    developers: "view",
  },
  {
    name: "ops",
    cluster: "ops",
    stage: "staging",
    imageTag: "1.4.2",
    replicas: { min: 1, max: 2 },
    quota: { cpu: "4", memory: "8Gi" },
    costCenter: "platform",
    developers: "view",
  },
  {
    name: "prod",
    cluster: "prod",
    stage: "prod",
    imageTag: "1.4.1",
    replicas: { min: 3, max: 12 },
    quota: { cpu: "40", memory: "80Gi" },
    costCenter: "epidemiology",
    developers: "view",
  },
];

/** What pods of an environment read in AWS, and the most that they may: nothing of another environment. */
export function reportsOf(environment: string) {
  const Resource = `arn:aws:s3:::surveillance-reports-${environment}-${ACCOUNT_ID}/*`;
  return [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource }];
}

/** What an environment is deployed from: nobody else may take its deploy role. */
export function pipelineOf(environment: string): string {
  return role(`Pipeline-${environment}`);
}

/** A tenant is a team: it has a namespace, a pipeline that deploys, and people. */
function tenant({ name, costCenter, developers }: Environment): TeamConfig {
  return {
    teamName: name,
    namespaces: [name],
    members: [{ principalArn: role(`Surveillance-${name}`), role: developers }],
    tags: { CostCenter: costCenter },
    contract: {
      trustedPrincipals: [pipelineOf(name)],
      podStatements: reportsOf(name),
      networkPolicies: "the application opens its own ways when it is deployed",
    },
  };
}

/** A load balancer has a new pod before a rollout takes an old one away. */
const READINESS_GATES = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };

/** Clusters and environments are stacks of one program: their names must differ. */
export function recordName(clusterName: Environment["cluster"]): string {
  return `cluster-${clusterName}`;
}

type ClusterRecord = Pick<AwsEnvironmentConfig, "stage" | "removal" | "network" | "nodeGroups">;

/** The AWS layer: a VPC, a cluster, and for each environment in it a namespace and a way in. */
function cluster(clusterName: Environment["cluster"], { stage, removal, network, nodeGroups }: ClusterRecord) {
  const tenants = ENVIRONMENTS.filter((environment) => environment.cluster === clusterName);
  return {
    kind: "aws",
    name: recordName(clusterName),
    stage,
    account,
    state: { store: "bootstrap", locking: "s3" },
    removal,
    tags: { Team: "platform", CostCenter: "platform" },
    network,
    cluster: {
      clusterName,
      kubernetesVersion: "1.35",
      availabilityZones: network.availabilityZones,
      endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
    },
    nodeGroups,
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.35.3-eksbuild.29",
      coredns: "v1.13.2-eksbuild.31",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    },
    access: [],
    inCluster: {
      namespaces: tenants.map(({ name, quota }) => ({ namespaceName: name, quota, labels: READINESS_GATES })),
      teams: tenants.map(tenant),
      releases: [],
    },
  } satisfies AwsEnvironmentConfig;
}

const TWO_ZONES = ["eu-west-3a", "eu-west-3b"];
const THREE_ZONES = [...TWO_ZONES, "eu-west-3c"];
const nodes = { nodeGroupName: "general", instanceTypes: ["m5.large"], releaseVersion: "1.35.8-20260930" };

/** A platform whose clusters are all in AWS. */
export interface Clusters extends PlatformConfig {
  readonly environments: readonly AwsEnvironmentConfig[];
}

/** Three clusters, and where their state lies. */
export const clusters: Clusters = {
  stateStores: [
    {
      id: "bootstrap",
      account: { accountId: ACCOUNT_ID, region: account.region },
      copyRegion: "eu-central-1",
      tags: { Team: "platform", CostCenter: "platform" },
    },
  ],
  environments: [
    cluster("lower", {
      stage: "staging",
      removal: "destroy",
      network: { cidrBlock: "10.16.0.0/16", availabilityZones: TWO_ZONES, natGateways: "single" },
      nodeGroups: [{ ...nodes, availabilityZones: TWO_ZONES, scaling: { min: 2, desired: 3, max: 8 } }],
    }),
    cluster("ops", {
      stage: "staging",
      removal: "destroy",
      network: { cidrBlock: "10.48.0.0/16", availabilityZones: TWO_ZONES, natGateways: "single" },
      nodeGroups: [{ ...nodes, availabilityZones: TWO_ZONES, scaling: { min: 2, desired: 2, max: 4 } }],
    }),
    cluster("prod", {
      stage: "prod",
      removal: "retain",
      network: { cidrBlock: "10.32.0.0/16", availabilityZones: THREE_ZONES, natGateways: "per-zone" },
      nodeGroups: [{ ...nodes, availabilityZones: THREE_ZONES, scaling: { min: 3, desired: 3, max: 12 } }],
    }),
  ],
};
