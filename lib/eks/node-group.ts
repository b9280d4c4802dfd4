import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { physicalName } from "../core/names";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceTrust } from "../iam/trust";
import { LaunchTemplate } from "./launch-template";
import { checkNodeGroup, versionOfRelease } from "./node-group-checks";
import type { NodeGroupProps } from "./node-group-props";

/**
 * Nodes that EKS manages, in private subnets, with a role and a launch template of their own.
 *
 * Creates `aws_eks_node_group`, `aws_launch_template`, `aws_iam_role` and attachments of AWS managed policies.
 *
 * @throws {ValidationError} if a name, a number or the image's release breaks a rule of EKS
 * @example
 * new NodeGroup(this, "Genomics", {
 *   cluster,
 *   vpc,
 *   nodeGroupName: "genomics",
 *   availabilityZones: vpc.availabilityZones,
 *   instanceTypes: ["m5.large"],
 *   scaling: { min: 2, desired: 3, max: 10 },
 *   releaseVersion: "1.35.8-20260930",
 *   volumeEncryptionKey: dataKey,
 * });
 */
export class NodeGroup extends Construct {
  readonly nodeGroupName: string;
  readonly role: Role;
  readonly resource: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster, vpc, nodeGroupName, scaling, sessionManager = false, amiType = "AL2023_x86_64_STANDARD" } = props;
    const faults = new Faults(this.node.path);
    checkNodeGroup(faults, props, cluster.kubernetesVersion, (name) => name);
    faults.throwIfAny();
    const subnets = vpc.subnets(props.subnetGroup ?? "private-with-egress", props.availabilityZones);

    this.nodeGroupName = nodeGroupName;
    this.role = new Role(this, "Role", {
      account: cluster.account,
      roleName: physicalName([cluster.clusterName, nodeGroupName, "nodes"], ROLE_NAME_MAX_LENGTH),
      description: `Nodes of ${cluster.clusterName}, group ${nodeGroupName}`,
      trust: [serviceTrust("ec2.amazonaws.com")],
      purposes: sessionManager ? ["nodes", "sessionManager"] : ["nodes"],
    });
    const launchTemplate = new LaunchTemplate(this, "LaunchTemplate", {
      cluster,
      nodeGroupName,
      amiType,
      volumeEncryptionKey: props.volumeEncryptionKey,
      volumeSizeGiB: props.volumeSizeGiB ?? 50,
    });
    this.resource = new EksNodeGroup(this, "Resource", {
      clusterName: cluster.clusterRef,
      nodeGroupName,
      nodeRoleArn: this.role.roleArn,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      instanceTypes: [...props.instanceTypes],
      amiType,
      capacityType: props.capacityType ?? "ON_DEMAND",
      // EKS refuses a release of another minor version than the one that it is told.
      version: props.kubernetesVersion ?? versionOfRelease(props.releaseVersion) ?? cluster.kubernetesVersion,
      releaseVersion: props.releaseVersion,
      launchTemplate: { id: launchTemplate.launchTemplateId, version: launchTemplate.latestVersion },
      scalingConfig: { minSize: scaling.min, desiredSize: scaling.desired, maxSize: scaling.max },
      updateConfig: { maxUnavailablePercentage: props.maxUnavailablePercentage ?? 33 },
      nodeRepairConfig: { enabled: props.nodeRepair ?? true },
      labels: props.labels && { ...props.labels },
      taint: props.taints?.map((taint) => ({ ...taint })),
      // A drain that waits for disruption budgets takes long.
      timeouts: { create: "60m", update: "120m", delete: "60m" },
      lifecycle: scaling.mode === "fixed" ? undefined : { ignoreChanges: ["scaling_config[0].desired_size"] },
      dependsOn: [
        ...this.role.dependables,
        ...subnets.flatMap(({ routing }) => routing ?? []),
        ...vpc.egress,
        ...(props.after ?? []),
      ],
    });
  }
}
