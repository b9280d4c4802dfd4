import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { awsProvider } from "../lib/core/aws-provider";
import { applyTags } from "../lib/core/tags";
import { AccessEntry, type AccessEntryOptions } from "../lib/eks/access-entry";
import { Addons } from "../lib/eks/addons";
import { Cluster } from "../lib/eks/cluster";
import { clusterLogGroupName } from "../lib/eks/cluster-interface";
import { NodeGroup } from "../lib/eks/node-group";
import type { AwsEnvironmentConfig } from "../lib/environment/environment-config";
import type { InClusterConfig } from "../lib/environment/in-cluster-config";
import { withDeployRoles } from "../lib/environment/team-in-cluster";
import { Key } from "../lib/kms/key";
import { useS3State } from "../lib/state/s3-state";
import { type StateLocation } from "../lib/state/state-location";
import { flowLogGroupName } from "../lib/vpc/flow-logs";
import { Vpc } from "../lib/vpc/vpc";
import { clusterNetwork } from "./cluster-network";
import { connectToEks } from "./eks-in-cluster";
import { InCluster } from "./in-cluster";
import { environmentOutputs } from "./outputs";
import { teamContracts } from "./team-contracts";

/** An environment's record, and what was resolved for it. */
export interface EnvironmentStackProps {
  readonly config: AwsEnvironmentConfig;
  /** Where the stack's state lies. */
  readonly state: StateLocation;
  /** What is installed in the cluster; undefined leaves the in-cluster part out. */
  readonly inCluster?: InClusterConfig;
}

/** One environment: network, keys, cluster, nodes, access, what teams of other repositories get, and what runs in the cluster. */
export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, { config, state, inCluster }: EnvironmentStackProps) {
    super(scope, config.name);
    const { account, removal, cluster: clusterConfig } = config;
    const { clusterName } = clusterConfig;
    const { deployRoleArn } = account;
    useS3State(this, { location: state, locking: config.state.locking, roleArn: config.state.roleArn });
    awsProvider(this, "Aws", { account, roleArn: deployRoleArn });
    applyTags(this, { ...config.tags, Environment: config.name, ManagedBy: "terraform" });

    const secretsKey = new Key(this, "SecretsKey", {
      account,
      alias: `${config.name}/secrets`,
      description: `Kubernetes secrets of ${config.name}`,
      removal,
    });
    const dataKey = new Key(this, "DataKey", {
      account,
      alias: `${config.name}/data`,
      description: `Logs and node volumes of ${config.name}`,
      logGroups: [flowLogGroupName(config.name), clusterLogGroupName(clusterName)],
      autoScaling: true,
      removal,
    });
    const vpc = new Vpc(this, "Vpc", {
      ...config.network,
      account,
      vpcName: config.name,
      clusterNames: [clusterName],
      flowLogs: { encryptionKey: dataKey },
      removal,
    });
    const cluster = new Cluster(this, "Cluster", {
      ...clusterConfig,
      account,
      vpc,
      secretsEncryptionKey: secretsKey,
      logs: { encryptionKey: dataKey },
      removal,
    });
    const addons = { cluster, versions: config.addons };
    const first = new Addons(this, "NodeAddons", { ...addons, order: "before-nodes" });
    const nodeGroups = config.nodeGroups.map(
      (options) =>
        new NodeGroup(this, `NodeGroup-${options.nodeGroupName}`, {
          ...options,
          cluster,
          vpc,
          volumeEncryptionKey: dataKey,
          after: first.dependables,
        }),
    );
    new Addons(this, "Addons", {
      ...addons,
      order: "after-nodes",
      after: nodeGroups.map(({ resource }) => resource),
    });
    const access = new Construct(this, "Access");
    for (const entry of accessEntries(config)) {
      new AccessEntry(access, entry.principalArn.replace(/^arn:[^:]*:iam::/, ""), { ...entry, cluster });
    }
    const teams = teamContracts(this, { config, state, cluster, vpc, dataKey });
    if (inCluster) {
      const { stage, domain } = config;
      const { kubernetesVersion } = clusterConfig;
      new InCluster(this, "InCluster", {
        environment: { stage, domain, kubernetesVersion, network: clusterNetwork(config, cluster), cluster, removal },
        inCluster: withDeployRoles(config, inCluster),
        connect: (place) => connectToEks(place, config, cluster),
        memberRoles: new Map(teams.map(({ deployRoleArn, deployRole }) => [deployRoleArn, deployRole.resource])),
      });
    }
    environmentOutputs(this, { config, vpc, cluster, secretsKey, dataKey });
  }
}

/** The deploy role and everybody else, each by its own ARN: a role that is to deploy tomorrow can be let in today. */
function accessEntries({ account, access }: AwsEnvironmentConfig): AccessEntryOptions[] {
  const deploy: AccessEntryOptions = {
    principalArn: account.deployRoleArn,
    policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
  };
  return [deploy, ...access.filter(({ principalArn }) => principalArn !== account.deployRoleArn)];
}
