import type { AwsEnvironmentConfig, PlatformConfig, StateStoreConfig } from "../lib/environment/environment-config";
import type { NamespaceConfig, TeamConfig } from "../lib/environment/in-cluster-config";
import type { RegistryConfig } from "../lib/environment/registry-config";
import type { PriorityClassProps } from "../lib/kubernetes/priority-class";
import { local } from "./local-environment";

const ACCOUNT = {
  accountId: "111122223333",
  region: "eu-west-3",
  deployRoleArn: "arn:aws:iam::111122223333:role/platform-deploy",
};
const ZONES = ["eu-west-3a", "eu-west-3b", "eu-west-3c"];

/** Standard support until 2027-03-27: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const KUBERNETES_VERSION = "1.35";

/** Amazon Linux 2023 for Kubernetes 1.35: https://github.com/awslabs/amazon-eks-ami/releases */
const AMI_RELEASE = "1.35.8-20260930";

/** The builds that EKS offers as default for 1.35: `aws eks describe-addon-versions --kubernetes-version 1.35` */
const ADDONS = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "kube-proxy": "v1.35.3-eksbuild.29",
  coredns: "v1.13.2-eksbuild.31",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
};

/** People who administer clusters; whoever may assume the role is an administrator. */
const ADMINS = {
  principalArn: "arn:aws:iam::111122223333:role/EKSAdmin",
  policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
} as const;

/** Closed until opened: a namespace reaches nothing but DNS, and what stands in `allow`. */
const NAMESPACES: readonly NamespaceConfig[] = [
  { namespaceName: "platform", allow: [{ to: "kubernetes-api" }] },
  {
    namespaceName: "genomics",
    quota: { cpu: "40", memory: "160Gi", storage: "500Gi" },
    allow: [
      { from: "load-balancer", ports: [8000] },
      { to: "pod-identity-agent" },
      { to: "internet" },
      { to: { namespace: "genomics-jobs" }, ports: [8443] },
    ],
  },
  {
    namespaceName: "genomics-jobs",
    quota: { cpu: "80", memory: "320Gi", jobs: 500 },
    limits: { container: { max: { memory: "64Gi" } } },
    allow: [{ to: "pod-identity-agent" }, { to: "vpc-endpoints" }],
  },
  { namespaceName: "clinical-trials", allow: [{ from: "load-balancer", ports: [8000] }] },
];

/** What each team may do in its namespaces, and nowhere else. */
const TEAMS: readonly TeamConfig[] = [
  {
    teamName: "genomics",
    namespaces: ["genomics", "genomics-jobs"],
    members: [{ principalArn: "arn:aws:iam::111122223333:role/GenomicsDeveloper", role: "edit" }],
    serviceAccounts: [
      {
        namespace: "genomics-jobs",
        name: "pipeline",
        statements: [
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::genomics-reference-111122223333/*" },
        ],
      },
    ],
    tags: { CostCenter: "genomics" },
    contract: {
      // It has no access of its own: it deploys as the team's deploy role.
      trustedPrincipals: ["arn:aws:iam::111122223333:role/GenomicsPipeline"],
      podStatements: [
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::genomics-reference-111122223333/*" },
        { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::genomics-reference-111122223333" },
      ],
      networkPolicies: "what the team deploys from its own repository opens its own ports",
    },
  },
  {
    teamName: "clinical-trials",
    namespaces: ["clinical-trials"],
    members: [
      { principalArn: "arn:aws:iam::111122223333:role/ClinicalTrialsDeveloper", role: "edit" },
      { principalArn: "arn:aws:iam::111122223333:role/ClinicalTrialsAuditor", role: "view" },
    ],
    tags: { CostCenter: "clinical-trials" },
  },
  {
    teamName: "epidemiology",
    namespaces: ["syndromic-surveillance"],
    members: [{ principalArn: "arn:aws:iam::111122223333:role/EpidemiologyDeveloper", role: "edit" }],
    tags: { CostCenter: "epidemiology" },
  },
];

/** What the surveillance API has in common everywhere. */
const SURVEILLANCE = {
  applicationName: "syndromic-surveillance-api",
  namespaceName: "syndromic-surveillance",
  team: "epidemiology",
} as const;
const SURVEILLANCE_IMAGE = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/syndromic-surveillance-api";
const SURVEILLANCE_DATABASE = {
  name: "syndromic_surveillance",
  user: "api",
  cidrBlocks: ["10.254.0.0/24"],
  /** Given to Terraform as TF_VAR_surveillance_database_password; the revision is raised to write a new one. */
  password: { variable: "surveillance_database_password", revision: 1 },
} as const;

const PRIORITY_CLASSES: readonly PriorityClassProps[] = [
  { className: "patient-facing", value: 100_000, description: "What a ward waits for; batch work gives way to it." },
];

const bootstrap: StateStoreConfig = {
  id: "bootstrap",
  account: { accountId: ACCOUNT.accountId, region: ACCOUNT.region },
  copyRegion: "eu-central-1",
  tags: { Team: "platform", CostCenter: "platform" },
};

/** Images and charts, for every environment of the account. */
const registry: RegistryConfig = {
  id: "registry",
  account: { accountId: ACCOUNT.accountId, region: ACCOUNT.region, deployRoleArn: ACCOUNT.deployRoleArn },
  state: { store: "bootstrap" },
  removal: "retain",
  tags: { Team: "platform", CostCenter: "platform" },
  images: ["syndromic-surveillance-api"],
  charts: ["syndromic-surveillance-api"],
};

const dev: AwsEnvironmentConfig = {
  kind: "aws",
  name: "dev",
  stage: "dev",
  account: ACCOUNT,
  state: { store: "bootstrap" },
  removal: "destroy",
  tags: { Team: "platform", CostCenter: "genomics" },
  domain: "dev.example.com",
  network: {
    cidrBlock: "10.16.0.0/16",
    availabilityZones: ["eu-west-3a", "eu-west-3b"],
    natGateways: "single",
  },
  cluster: {
    clusterName: "dev",
    kubernetesVersion: KUBERNETES_VERSION,
    availabilityZones: ["eu-west-3a", "eu-west-3b"],
    endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
  },
  nodeGroups: [
    {
      nodeGroupName: "genomics",
      availabilityZones: ["eu-west-3a", "eu-west-3b"],
      instanceTypes: ["t3.large", "t3a.large", "m5.large"],
      capacityType: "SPOT",
      scaling: { min: 1, desired: 1, max: 3 },
      releaseVersion: AMI_RELEASE,
    },
  ],
  addons: ADDONS,
  access: [ADMINS],
  inCluster: {
    namespaces: NAMESPACES,
    teams: TEAMS,
    priorityClasses: PRIORITY_CLASSES,
    applications: [
      {
        ...SURVEILLANCE,
        image: { repository: SURVEILLANCE_IMAGE, tag: "1.5.0-rc.2" },
        host: "surveillance.dev.example.com",
        database: { ...SURVEILLANCE_DATABASE, host: "db.dev.example.com" },
        replicas: { min: 1, max: 2 },
      },
    ],
    releases: [
      {
        name: "platform-info",
        namespace: "platform",
        chart: { path: "charts/platform-info" },
        values: { info: { environment: "dev", region: "eu-west-3" } },
      },
    ],
  },
};

const staging: AwsEnvironmentConfig = {
  kind: "aws",
  name: "staging",
  stage: "staging",
  account: ACCOUNT,
  state: { store: "bootstrap" },
  removal: "destroy",
  tags: { Team: "platform", CostCenter: "genomics" },
  domain: "staging.example.com",
  network: {
    cidrBlock: "10.0.0.0/16",
    availabilityZones: ZONES,
    natGateways: "single",
    subnetCidrBlocks: {
      "private-with-egress": {
        "eu-west-3a": "10.0.1.0/24",
        "eu-west-3b": "10.0.2.0/24",
        "eu-west-3c": "10.0.3.0/24",
      },
      public: {
        "eu-west-3a": "10.0.101.0/24",
        "eu-west-3b": "10.0.102.0/24",
        "eu-west-3c": "10.0.103.0/24",
      },
      "control-plane": {
        "eu-west-3a": "10.0.0.0/28",
        "eu-west-3b": "10.0.0.16/28",
        "eu-west-3c": "10.0.0.32/28",
      },
    },
  },
  cluster: {
    clusterName: "staging",
    kubernetesVersion: KUBERNETES_VERSION,
    availabilityZones: ZONES,
    endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
  },
  nodeGroups: [
    {
      nodeGroupName: "genomics",
      availabilityZones: ZONES,
      instanceTypes: ["m5.large"],
      scaling: { min: 2, desired: 3, max: 10 },
      releaseVersion: AMI_RELEASE,
    },
  ],
  addons: ADDONS,
  access: [ADMINS],
  inCluster: {
    namespaces: NAMESPACES,
    teams: TEAMS,
    priorityClasses: PRIORITY_CLASSES,
    applications: [
      {
        ...SURVEILLANCE,
        image: { repository: SURVEILLANCE_IMAGE, tag: "1.5.0" },
        host: "surveillance.staging.example.com",
        database: { ...SURVEILLANCE_DATABASE, host: "db.staging.example.com" },
        replicas: { min: 2, max: 4 },
      },
    ],
    releases: [
      {
        name: "platform-info",
        namespace: "platform",
        chart: { path: "charts/platform-info" },
        values: { info: { environment: "staging", region: "eu-west-3" } },
      },
    ],
  },
};

const prod: AwsEnvironmentConfig = {
  kind: "aws",
  name: "prod",
  stage: "prod",
  account: ACCOUNT,
  state: { store: "bootstrap" },
  removal: "retain",
  tags: { Team: "platform", CostCenter: "genomics" },
  domain: "prod.example.com",
  network: {
    cidrBlock: "10.32.0.0/16",
    availabilityZones: ZONES,
    natGateways: "per-zone",
  },
  cluster: {
    clusterName: "prod",
    kubernetesVersion: KUBERNETES_VERSION,
    availabilityZones: ZONES,
    endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
  },
  nodeGroups: [
    {
      nodeGroupName: "genomics",
      availabilityZones: ZONES,
      instanceTypes: ["m5.large"],
      scaling: { min: 3, desired: 3, max: 10 },
      releaseVersion: AMI_RELEASE,
      volumeSizeGiB: 100,
    },
  ],
  addons: ADDONS,
  access: [ADMINS],
  inCluster: {
    namespaces: NAMESPACES,
    teams: TEAMS,
    priorityClasses: PRIORITY_CLASSES,
    applications: [
      {
        ...SURVEILLANCE,
        image: { repository: SURVEILLANCE_IMAGE, tag: "1.4.2" },
        host: "surveillance.prod.example.com",
        database: { ...SURVEILLANCE_DATABASE, host: "db.prod.example.com" },
        replicas: { min: 3, max: 12 },
      },
    ],
    releases: [
      {
        name: "platform-info",
        namespace: "platform",
        chart: { path: "charts/platform-info" },
        values: { info: { environment: "prod", region: "eu-west-3" } },
      },
    ],
  },
};

/** Everything this repository deploys: a stack `bootstrap`, a stack `registry`, and a stack for each environment. */
export const platform: PlatformConfig = {
  stateStores: [bootstrap],
  registries: [registry],
  environments: [dev, staging, prod, local],
};
