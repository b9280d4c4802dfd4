import { checkAccount, partitionOf } from "../core/account";
import { checkTags } from "../core/check-tags";
import type { Faults } from "../core/faults";
import { checkAccessEntry } from "../eks/access-entry";
import { checkAddonVersion } from "../eks/addon";
import { checkServiceCidrBlock } from "../eks/cluster";
import { DEFAULT_SERVICE_CIDR_BLOCK } from "../eks/cluster-interface";
import { checkClusterName } from "../eks/cluster-name";
import { checkEndpointAccess } from "../eks/endpoint-access";
import { checkKubernetesVersion } from "../eks/kubernetes-version";
import { checkNodeGroup } from "../eks/node-group-checks";
import type { NodeGroupOptions } from "../eks/node-group-props";
import { checkNetwork } from "../vpc/check-network";
import { DEFAULT_TIERS, planSubnets } from "../vpc/plan-subnets";
import { BLOCKS_PER_NODE, podBlocks } from "../vpc/pod-capacity";
import { checkIdentity } from "./check-identity";
import { checkInCluster } from "./check-in-cluster";
import { checkRoleArn } from "./check-role-arn";
import type { AwsEnvironmentConfig } from "./environment-config";
import { isOff } from "./in-cluster";
import { checkProd } from "./stage-rules";

type Property = (name: string) => string;

/** Without these (or Auto Mode, which brings its own) no node becomes ready and no pod finds another. */
const REQUIRED_ADDONS = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"];

/** Adds everything that is wrong with one environment. Its shape must be right. */
export function checkEnvironment(faults: Faults, config: AwsEnvironmentConfig, property: Property): void {
  const before = faults.all.length;
  checkIdentity(faults, config, property);
  checkAccount(faults, property("account"), config.account);
  checkRoleArn(faults, property("account.deployRoleArn"), config.account.deployRoleArn, config.account.accountId);
  checkRoleArn(faults, property("state.roleArn"), config.state.roleArn);
  checkTags(faults, config.tags, (name) => property(`tags.${name}`));
  checkNodeNetwork(faults, config, property);
  checkCluster(faults, config, property);
  checkCompute(faults, config, property);
  if (faults.all.length === before) checkNodeSubnets(faults, config, property);
  for (const [index, entry] of config.access.entries()) {
    checkAccessEntry(faults, entry, (name) => property(`access[${index}].${name}`));
    checkGroups(faults, property(`access[${index}].kubernetesGroups`), entry.kubernetesGroups ?? []);
  }
  faults.unique(
    property("access"),
    config.access.map(({ principalArn }) => principalArn),
  );
  checkInClusterPart(faults, config, property);
  checkProd(faults, config, property);
}

/** Only a team says who is in it: its own groups have its roles. */
function checkGroups(faults: Faults, property: string, groups: readonly string[]): void {
  const fix = "make the principal a member of the team, or name another group here and as a member there";
  for (const group of groups.filter((each) => each.startsWith("team:"))) {
    faults.add(property, "must not be the group of a team", group, fix);
  }
}

function checkNodeNetwork(faults: Faults, { network, account }: AwsEnvironmentConfig, property: Property): void {
  const tiers = network.tiers ?? DEFAULT_TIERS;
  checkNetwork(faults, network, account.region, (name) => property(`network.${name}`));
  const nodeTiers = tiers.filter((tier) => tier.startsWith("private-"));
  faults.check(nodeTiers.length > 0, property("network.tiers"), "must contain a private tier for nodes", tiers);
  const cutOff = !tiers.includes("private-with-egress") && (network.interfaceEndpoints ?? []).length === 0;
  faults.check(
    !cutOff,
    property("network.interfaceEndpoints"),
    "must be given for a network without a way to the internet",
    undefined,
    "use PRIVATE_CLUSTER_ENDPOINTS",
  );
}

function checkCluster(
  faults: Faults,
  { cluster, network, inCluster, account }: AwsEnvironmentConfig,
  property: Property,
): void {
  checkClusterName(faults, property("cluster.clusterName"), cluster.clusterName);
  checkKubernetesVersion(
    faults,
    property("cluster.kubernetesVersion"),
    cluster.kubernetesVersion,
    cluster.supportType ?? "standard",
  );
  checkZones(faults, property("cluster.availabilityZones"), cluster.availabilityZones, network.availabilityZones);
  faults.check(
    cluster.availabilityZones.length >= 2,
    property("cluster.availabilityZones"),
    "must list at least 2 zones",
    cluster.availabilityZones,
  );
  const ranges = [
    network.cidrBlock,
    ...Object.values(network.secondaryCidrBlocks ?? {}).map(({ cidrBlock }) => cidrBlock),
  ];
  checkServiceCidrBlock(
    faults,
    property("cluster.serviceCidrBlock"),
    cluster.serviceCidrBlock ?? DEFAULT_SERVICE_CIDR_BLOCK,
    ranges,
  );
  checkEndpointAccess(faults, property("cluster.endpointAccess"), cluster.endpointAccess);
  faults.check(
    isOff(inCluster) || cluster.endpointAccess.length > 0,
    property("cluster.endpointAccess"),
    "must name a way to the private endpoint, or nothing can be installed in the cluster",
    [],
    'for example { via: "runner", cidrBlocks: ["10.0.1.0/24"] }',
  );
  const china = partitionOf(account.region) === "aws-cn";
  faults.check(
    !china || cluster.autoMode === undefined,
    property("cluster.autoMode"),
    "must not be set in China",
    account.region,
  );
}

function checkCompute(
  faults: Faults,
  { cluster, nodeGroups, addons, network }: AwsEnvironmentConfig,
  property: Property,
): void {
  const names = nodeGroups.map(({ nodeGroupName }) => nodeGroupName);
  faults.unique(property("nodeGroups"), names);
  for (const group of nodeGroups) {
    const own: Property = (name) => property(`nodeGroups.${group.nodeGroupName}.${name}`);
    checkNodeGroup(faults, group, cluster.kubernetesVersion, own);
    checkZones(faults, own("availabilityZones"), group.availabilityZones, network.availabilityZones);
  }
  for (const [name, version] of Object.entries(addons)) checkAddonVersion(faults, property(`addons.${name}`), version);
  if (cluster.autoMode) {
    const own = REQUIRED_ADDONS.filter((name) => name in addons && nodeGroups.length === 0);
    faults.check(own.length === 0, property("addons"), "must not contain what Auto Mode brings", own, "remove it");
    return;
  }
  faults.check(
    nodeGroups.length > 0,
    property("nodeGroups"),
    "must have at least one group, unless the cluster is in Auto Mode",
    [],
  );
  for (const name of REQUIRED_ADDONS) faults.check(name in addons, property(`addons.${name}`), "must be given");
}

/** Every node needs addresses for pods in blocks of sixteen; a subnet without a whole block left starts nodes that start no pod. */
function checkNodeSubnets(faults: Faults, config: AwsEnvironmentConfig, property: Property): void {
  const { nodeGroups, network, cluster } = config;
  const tiers: readonly string[] = network.tiers ?? DEFAULT_TIERS;
  const ofControlPlane = cluster.subnetGroup ?? "control-plane";
  faults.check(
    tiers.includes(ofControlPlane),
    property("cluster.subnetGroup"),
    `must be a tier of the network (${tiers.join(", ")})`,
    ofControlPlane,
  );
  const subnets = planSubnets(network).filter(({ tier }) => tier.startsWith("private-"));
  const groups = new Set(subnets.map(({ group }) => group));
  const byGroup = new Map<string, NodeGroupOptions[]>();
  for (const each of nodeGroups) {
    const group = each.subnetGroup ?? "private-with-egress";
    const known = [...groups].join(", ");
    const name = property(`nodeGroups.${each.nodeGroupName}.subnetGroup`);
    faults.check(groups.has(group), name, `must be a private tier or range of the network (${known})`, group);
    byGroup.set(group, [...(byGroup.get(group) ?? []), each]);
  }
  for (const [group, sharing] of byGroup) {
    if (!groups.has(group)) continue;
    const zones = new Set(sharing.flatMap(({ availabilityZones }) => availabilityZones));
    const nodes = sharing.reduce((sum, { scaling }) => sum + scaling.max, 0);
    const blocks = subnets
      .filter((subnet) => subnet.group === group && zones.has(subnet.availabilityZone))
      .reduce((sum, { cidrBlock }) => sum + podBlocks(cidrBlock, nodes / zones.size), 0);
    faults.check(
      nodes * BLOCKS_PER_NODE <= blocks,
      property("nodeGroups"),
      `must fit their subnets (${group}): ${nodes} nodes need ${nodes * BLOCKS_PER_NODE} blocks of 16 addresses for pods, there are ${blocks}`,
      undefined,
      "lower 'max', or add a range in 'network.secondaryCidrBlocks' and a group with it as 'subnetGroup'",
    );
  }
}

function checkZones(faults: Faults, property: string, zones: readonly string[], vpcZones: readonly string[]): void {
  for (const zone of zones) {
    faults.check(vpcZones.includes(zone), property, `must be zones of the network (${vpcZones.join(", ")})`, zone);
  }
}

function checkInClusterPart(faults: Faults, config: AwsEnvironmentConfig, property: Property): void {
  const { inCluster, name, stage, domain, account } = config;
  if (!isOff(inCluster)) {
    const facts = { stage, domain, onEks: true, aws: { account, environment: name } };
    checkInCluster(faults, inCluster, facts, (own) => property(`inCluster.${own}`));
    return;
  }
  const fix = "what was installed must be removed first, so the name is asked for again";
  faults.check(
    inCluster.off === name,
    property("inCluster.off"),
    `must repeat the environment's name, ${name}`,
    inCluster.off,
    fix,
  );
}
