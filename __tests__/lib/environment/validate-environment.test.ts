import type { NodeGroupOptions } from "../../../lib/eks/node-group-props";
import type { AwsEnvironmentConfig, ClusterConfig, NetworkConfig } from "../../../lib/environment/environment-config";
import type { EnvironmentTags } from "../../../lib/environment/environment-tags";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

type Changes = Partial<AwsEnvironmentConfig>;
const FILE = "stacks/environments.ts";

function accept(changes: Changes): void {
  validatePlatform({ stateStores: [store], environments: [{ ...environment, ...changes }] });
}

function fault(changes: Changes): string {
  return messageOf(() => accept(changes));
}

const network = (changes: Partial<NetworkConfig>): Changes => ({ network: { ...environment.network, ...changes } });
const cluster = (changes: Partial<ClusterConfig>): Changes => ({ cluster: { ...environment.cluster, ...changes } });
const tags = (changes: Record<string, string>): Changes => ({
  tags: { ...environment.tags, ...changes } as EnvironmentTags,
});
const groups = (...changes: Partial<NodeGroupOptions>[]): Changes => ({
  nodeGroups: changes.flatMap((each) => environment.nodeGroups.map((group) => ({ ...group, ...each }))),
});

const TEAM_GROUP = "make the principal a member of the team, or name another group here and as a member there";

test("minimal: a record with nothing but what is required is accepted", () => {
  expect(() => accept({})).not.toThrow();
});

test("maximal: a record with every entry is accepted", () => {
  const maximal: AwsEnvironmentConfig = {
    ...environment,
    stage: "prod",
    removal: "retain",
    account: {
      ...environment.account,
      iamPath: "/platform/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
    },
    state: { store: "bootstrap", roleArn: "arn:aws:iam::111122223333:role/state", locking: "s3" },
    network: {
      cidrBlock: "10.64.0.0/16",
      availabilityZones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"],
      tiers: ["public", "private-with-egress", "private-isolated", "control-plane"],
      subnetCidrBlocks: {
        public: { "eu-west-3a": "10.64.200.0/24", "eu-west-3b": "10.64.201.0/24", "eu-west-3c": "10.64.202.0/24" },
      },
      reservedZones: 4,
      secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16", tier: "private-isolated" } },
      natGateways: "per-zone",
      interfaceEndpoints: ["ecr.api"],
    },
    cluster: {
      ...environment.cluster,
      kubernetesVersion: "1.33",
      supportType: "extended",
      serviceCidrBlock: "172.16.0.0/16",
      autoMode: { nodePools: ["system"] },
    },
    nodeGroups: [
      {
        nodeGroupName: "genomics",
        availabilityZones: ["eu-west-3a"],
        instanceTypes: ["m7g.large"],
        scaling: { min: 2, desired: 2, max: 3, mode: "fixed" },
        releaseVersion: "1.49.0-713f44ce",
        amiType: "BOTTLEROCKET_ARM_64",
        capacityType: "SPOT",
        volumeSizeGiB: 100,
        labels: { workload: "genomics" },
        taints: [{ key: "dedicated", value: "genomics", effect: "NO_SCHEDULE" }],
        maxUnavailablePercentage: 50,
        nodeRepair: false,
        sessionManager: true,
      },
    ],
    access: [
      {
        principalArn: "arn:aws:iam::111122223333:role/Viewer",
        policies: [{ policy: "AmazonEKSViewPolicy", namespaces: ["platform"] }],
        kubernetesGroups: ["viewers"],
      },
    ],
    inCluster: {
      namespaces: [{ namespaceName: "platform", allow: [{ to: "internet" }] }],
      teams: [{ teamName: "platform", namespaces: ["platform"] }],
      priorityClasses: [{ className: "first", value: 10, description: "What cannot wait." }],
      releases: [
        {
          name: "info",
          namespace: "platform",
          chart: { path: "charts/platform-info" },
          values: [{ info: { a: "b" } }, { info: { c: "d" } }],
          crds: "templates",
          timeoutSeconds: 60,
        },
      ],
    },
    tags: { ...environment.tags, Project: "genomics 2 / α" },
  };
  expect(() => validatePlatform({ stateStores: [store], environments: [maximal] })).not.toThrow();
});

test.each<[string, Changes, string]>([
  [
    "a CIDR with host bits",
    network({ cidrBlock: "10.64.0.7/16" }),
    `'test.network.cidrBlock' must be an IPv4 range, got "10.64.0.7/16" at ${FILE}; did you mean "10.64.0.0/16"?`,
  ],
  [
    "a CIDR that is none",
    network({ cidrBlock: "10.64/16" }),
    `'test.network.cidrBlock' must be an IPv4 range, got "10.64/16" at ${FILE}; for example "10.0.0.0/16"`,
  ],
  [
    "a VPC larger than /16",
    network({ cidrBlock: "10.64.0.0/15" }),
    `'test.network.cidrBlock' must have a prefix from /16 to /28, got "10.64.0.0/15" at ${FILE}`,
  ],
  [
    "a VPC smaller than /28",
    network({ cidrBlock: "10.64.0.0/29" }),
    `'test.network.cidrBlock' must have a prefix from /16 to /28, got "10.64.0.0/29" at ${FILE}`,
  ],
  [
    "subnets that overlap",
    network({
      subnetCidrBlocks: { "control-plane": { "eu-west-3a": "10.64.255.0/28", "eu-west-3b": "10.64.255.0/28" } },
    }),
    `'test.network.subnetCidrBlocks' must not overlap another subnet, got "10.64.255.0/28" at ${FILE}; it overlaps 10.64.255.0/28`,
  ],
  [
    "a subnet outside the VPC",
    network({
      subnetCidrBlocks: { "control-plane": { "eu-west-3a": "10.64.255.0/28", "eu-west-3b": "10.65.0.0/28" } },
    }),
    `'test.network.subnetCidrBlocks' must lie inside 10.64.0.0/16, got "10.65.0.0/28" at ${FILE}`,
  ],
  [
    "a secondary range that overlaps the first",
    network({ secondaryCidrBlocks: { pods: { cidrBlock: "10.64.0.0/16" } } }),
    [
      `'test.network.secondaryCidrBlocks' must not overlap another range of the VPC, got "10.64.0.0/16" at ${FILE}; it overlaps 10.64.0.0/16`,
      `'test.network.subnetCidrBlocks' must not overlap another subnet, got "10.64.0.0/18" at ${FILE}; it overlaps 10.64.32.0/21`,
      `'test.network.subnetCidrBlocks' must not overlap another subnet, got "10.64.64.0/18" at ${FILE}; it overlaps 10.64.96.0/21`,
    ].join("\n"),
  ],
  [
    "Service addresses inside a secondary range",
    {
      ...network({ secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } } }),
      ...cluster({ serviceCidrBlock: "100.64.0.0/20" }),
    },
    `'test.cluster.serviceCidrBlock' must not overlap the VPC, got "100.64.0.0/20" at ${FILE}; it overlaps 100.64.0.0/16`,
  ],
  [
    "a zone of another region",
    network({ availabilityZones: ["eu-west-3a", "eu-west-3b", "eu-central-1c"] }),
    `'test.network.availabilityZones' must be zones of the region eu-west-3, got "eu-central-1c" at ${FILE}`,
  ],
  [
    "a network without a tier for nodes",
    network({ tiers: ["public"], natGateways: "none", interfaceEndpoints: ["ec2"] }),
    `'test.network.tiers' must contain a private tier for interface endpoints, got ["public"] at ${FILE}
'test.network.tiers' must contain a private tier for nodes, got ["public"] at ${FILE}`,
  ],
  [
    "a network without a way out and without endpoints",
    network({ tiers: ["private-isolated"] }),
    `'test.network.interfaceEndpoints' must be given for a network without a way to the internet at ${FILE}; use PRIVATE_CLUSTER_ENDPOINTS`,
  ],
  [
    "two node groups with one name",
    groups({}, {}),
    `'test.nodeGroups' must not repeat a value, got "genomics" at ${FILE}; remove the second one`,
  ],
  [
    "min above desired",
    groups({ scaling: { min: 2, desired: 1, max: 3 } }),
    `'test.nodeGroups.genomics.scaling.desired' must be at least min (2), got 1 at ${FILE}; raise 'desired' or lower 'min'`,
  ],
  [
    "desired above max",
    groups({ scaling: { min: 1, desired: 4, max: 3 } }),
    `'test.nodeGroups.genomics.scaling.desired' must be at most max (3), got 4 at ${FILE}; lower 'desired' or raise 'max'`,
  ],
  [
    "a node group in a zone that the network does not have",
    groups({ availabilityZones: ["eu-west-3c"] }),
    `'test.nodeGroups.genomics.availabilityZones' must be zones of the network (eu-west-3a, eu-west-3b), got "eu-west-3c" at ${FILE}`,
  ],
  [
    "no node group",
    { nodeGroups: [] },
    `'test.nodeGroups' must have at least one group, unless the cluster is in Auto Mode, got [] at ${FILE}`,
  ],
  [
    "a control plane in a zone that the network does not have",
    cluster({ availabilityZones: ["eu-west-3a", "eu-west-3c"] }),
    `'test.cluster.availabilityZones' must be zones of the network (eu-west-3a, eu-west-3b), got "eu-west-3c" at ${FILE}`,
  ],
  [
    "a control plane in one zone",
    cluster({ availabilityZones: ["eu-west-3a"] }),
    `'test.cluster.availabilityZones' must list at least 2 zones, got ["eu-west-3a"] at ${FILE}`,
  ],
  [
    "a public endpoint without ranges",
    cluster({ endpointAccess: [{ via: "public", cidrBlocks: [] }] }),
    `'test.cluster.endpointAccess[0].cidrBlocks' must list the ranges that come in via public, got [] at ${FILE}`,
  ],
  [
    "a public endpoint for the whole internet",
    cluster({ endpointAccess: [{ via: "public", cidrBlocks: ["0.0.0.0/0"] }] }),
    `'test.cluster.endpointAccess[0].cidrBlocks' must not open the endpoint to the whole internet, got "0.0.0.0/0" at ${FILE}; list the ranges of your offices, VPN or runners`,
  ],
  [
    "a private endpoint without a way in, with something to install",
    cluster({ endpointAccess: [] }),
    `'test.cluster.endpointAccess' must name a way to the private endpoint, or nothing can be installed in the cluster, got [] at ${FILE}; for example { via: "runner", cidrBlocks: ["10.0.1.0/24"] }`,
  ],
  [
    "a Kubernetes version that EKS does not offer",
    cluster({ kubernetesVersion: "1.99" }),
    [
      `'test.cluster.kubernetesVersion' must be a Kubernetes version that EKS offers, got "1.99" at ${FILE}; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36`,
      `'test.nodeGroups.genomics.releaseVersion' must be of Kubernetes 1.99 or at most 3 minor versions older, got "1.35.8-20260930" at ${FILE}`,
    ].join("\n"),
  ],
  [
    "a Kubernetes version behind standard support",
    { ...cluster({ kubernetesVersion: "1.33" }), ...groups({ releaseVersion: "1.33.4-20260930" }) },
    `'test.cluster.kubernetesVersion' must be in standard support, which ended on 2026-07-29, got "1.33" at ${FILE}; upgrade, or set 'supportType' to "extended" (it costs more)`,
  ],
  [
    "Auto Mode in China",
    {
      ...cluster({ autoMode: { nodePools: [] }, availabilityZones: ["cn-north-1a", "cn-north-1b"] }),
      ...network({ availabilityZones: ["cn-north-1a", "cn-north-1b"] }),
      account: { ...environment.account, region: "cn-north-1" },
      nodeGroups: [],
      addons: {},
    },
    `'test.cluster.autoMode' must not be set in China, got "cn-north-1" at ${FILE}`,
  ],
  [
    "add-ons that Auto Mode brings",
    { ...cluster({ autoMode: { nodePools: ["system"] } }), nodeGroups: [] },
    `'test.addons' must not contain what Auto Mode brings, got ["vpc-cni","kube-proxy","coredns","eks-pod-identity-agent"] at ${FILE}; remove it`,
  ],
  [
    "nodes without what gives them their network",
    { addons: { coredns: "v1.13.2-eksbuild.31" } },
    [
      `'test.addons.vpc-cni' must be given at ${FILE}`,
      `'test.addons.kube-proxy' must be given at ${FILE}`,
      `'test.addons.eks-pod-identity-agent' must be given at ${FILE}`,
    ].join("\n"),
  ],
  [
    "an add-on without an exact version",
    { addons: { ...environment.addons, coredns: "latest" } },
    `'test.addons.coredns' must be an exact build of the add-on, got "latest" at ${FILE}; for example "v1.22.4-eksbuild.3"; aws eks describe-addon-versions lists them`,
  ],
  [
    "a tag that the platform sets",
    tags({ Environment: "prod" }),
    `'test.tags.Environment' must not be set: the platform sets it, got "prod" at ${FILE}`,
  ],
  ["a tag of AWS", tags({ "aws:x": "1" }), `'test.tags.aws:x' must not begin with aws:, got "aws:x" at ${FILE}`],
  [
    "an empty tag",
    tags({ Team: "" }),
    `'test.tags.Team' must have 1 to 256 letters, digits, spaces and '_.:/=+-@', got "" at ${FILE}`,
  ],
  [
    "a deploy role of another account",
    { account: { ...environment.account, deployRoleArn: "arn:aws:iam::444455556666:role/platform-deploy" } },
    `'test.account.deployRoleArn' must be the ARN of a role in account 111122223333, got "arn:aws:iam::444455556666:role/platform-deploy" at ${FILE}`,
  ],
  [
    "a deploy role that is a user",
    { account: { ...environment.account, deployRoleArn: "arn:aws:iam::111122223333:user/me" } },
    `'test.account.deployRoleArn' must be the ARN of a role in account 111122223333, got "arn:aws:iam::111122223333:user/me" at ${FILE}`,
  ],
  [
    "an account id that is none, of whatever characters",
    { account: { ...environment.account, accountId: "1234(" } },
    [
      `'test.account.accountId' must be twelve digits, got "1234(" at ${FILE}`,
      `'test.account.deployRoleArn' must be the ARN of a role in account 1234(, got "arn:aws:iam::111122223333:role/platform-deploy" at ${FILE}`,
      `'test.account.accountId' must be an account with a state store: its stack makes the service-linked roles that key policies name, got "1234(" at ${FILE}; add one to 'stateStores', or the account to 'preparedAccounts' where another stack makes them
'test.state.roleArn' must be a role in account 111122223333, which holds the state at ${FILE}`,
    ].join("\n"),
  ],
  [
    "a region that is none",
    { account: { ...environment.account, region: "Paris" } },
    [
      `'test.account.region' must be an AWS region, got "Paris" at ${FILE}; for example "eu-west-3"`,
      `'test.network.availabilityZones' must be zones of the region Paris, got "eu-west-3a" at ${FILE}`,
      `'test.network.availabilityZones' must be zones of the region Paris, got "eu-west-3b" at ${FILE}`,
    ].join("\n"),
  ],
  [
    "access by the groups of teams, whether they are there or not",
    {
      access: [
        {
          principalArn: "arn:aws:iam::111122223333:role/Stranger",
          kubernetesGroups: ["viewers", "team:genomics:deploy", "team:"],
        },
      ],
    },
    `'test.access[0].kubernetesGroups' must not be the group of a team, got "team:genomics:deploy" at ${FILE}; ${TEAM_GROUP}
'test.access[0].kubernetesGroups' must not be the group of a team, got "team:" at ${FILE}; ${TEAM_GROUP}`,
  ],
  [
    "access for an account instead of a role",
    { access: [{ principalArn: "arn:aws:iam::111122223333:root" }] },
    `'test.access[0].principalArn' must be the ARN of an IAM role or user, got "arn:aws:iam::111122223333:root" at ${FILE}`,
  ],
  [
    "nodes and a control plane in tiers that the network does not have",
    network({ tiers: ["private-isolated"], interfaceEndpoints: ["ecr.api"] }),
    `'test.cluster.subnetGroup' must be a tier of the network (private-isolated), got "control-plane" at ${FILE}
'test.nodeGroups.genomics.subnetGroup' must be a private tier or range of the network (private-isolated), got "private-with-egress" at ${FILE}`,
  ],
  [
    "nodes of another version than their release",
    groups({ kubernetesVersion: "1.34" }),
    `'test.nodeGroups.genomics.kubernetesVersion' must be the version of the release, 1.35, got "1.34" at ${FILE}`,
  ],
  [
    "more nodes than the subnets have addresses for",
    groups({ scaling: { min: 1, desired: 1, max: 1000 } }),
    `'test.nodeGroups' must fit their subnets (private-with-egress): 1000 nodes need 2000 blocks of 16 addresses for pods, there are 956 at ${FILE}; lower 'max', or add a range in 'network.secondaryCidrBlocks' and a group with it as 'subnetGroup'`,
  ],
  [
    "an in-cluster part that is off in another environment's name",
    { inCluster: { off: "prod" } },
    `'test.inCluster.off' must repeat the environment's name, test, got "prod" at ${FILE}; what was installed must be removed first, so the name is asked for again`,
  ],
])("refuses %s", (_, changes, message) => {
  expect(fault(changes)).toBe(message);
});

test.each(["a".repeat(33), "a", "Test", "test_1", "1test", "test-"])("refuses %s as a name", (name) => {
  expect(fault({ name })).toBe(
    `'${name}.name' must be 2 to 32 lower-case letters, digits and '-', got "${name}" at ${FILE}`,
  );
});

test.each<[string, Changes]>([
  ["a name of 32 characters", { name: "a".repeat(32) }],
  [
    "a version behind standard support that is paid for",
    {
      ...cluster({ kubernetesVersion: "1.33", supportType: "extended" }),
      ...groups({ releaseVersion: "1.33.4-20260930" }),
    },
  ],
  [
    "a public endpoint for named ranges",
    cluster({ endpointAccess: [{ via: "public", cidrBlocks: ["203.0.113.0/24"] }] }),
  ],
  ["an in-cluster part that is off in the environment's own name", { inCluster: { off: "test" } }],
  [
    "a private endpoint without a way in, when nothing is installed",
    { inCluster: { off: "test" }, ...cluster({ endpointAccess: [] }) },
  ],
  [
    "Auto Mode without node groups and add-ons",
    { ...cluster({ autoMode: { nodePools: ["system"] } }), nodeGroups: [], addons: {} },
  ],
  ["Auto Mode beside node groups, which need their add-ons", cluster({ autoMode: { nodePools: ["system"] } })],
  [
    "an isolated network with endpoints, and nodes that say so",
    {
      ...network({ tiers: ["private-isolated"], interfaceEndpoints: ["ecr.api"] }),
      ...cluster({ subnetGroup: "private-isolated" }),
      ...groups({ subnetGroup: "private-isolated" }),
    },
  ],
  [
    "access for the deploy role, which has it anyway",
    { access: [{ principalArn: environment.account.deployRoleArn }] },
  ],
  ["two node groups with two names", groups({}, { nodeGroupName: "blue" })],
])("accepts %s", (_, changes) => {
  expect(() => accept(changes)).not.toThrow();
});
