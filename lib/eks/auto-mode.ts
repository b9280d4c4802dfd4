import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsAccount } from "../core/account";
import { physicalName } from "../core/names";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceTrust } from "../iam/trust";

/** The node pools that EKS Auto Mode brings. */
export type AutoModeNodePool = "general-purpose" | "system";

/** EKS Auto Mode: EKS runs nodes, load balancers and volumes. */
export interface AutoModeOptions {
  /** Built-in pools to switch on. None is allowed: pools of your own then need a NodeClass. */
  readonly nodePools: readonly AutoModeNodePool[];
}

export interface AutoModeProps extends AutoModeOptions {
  readonly account: AwsAccount;
  readonly clusterName: string;
}

type AutoModeConfig = Pick<EksClusterConfig, "computeConfig" | "storageConfig">;

/**
 * What Auto Mode adds to a cluster: a role for its nodes, and the three switches that EKS wants on together.
 *
 * Creates `aws_iam_role` if there are node pools.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html
 */
export class AutoMode extends Construct {
  readonly config: AutoModeConfig;
  /** Policies of the nodes' role: they outlive the nodes, which go with the cluster. */
  readonly dependables: readonly ITerraformDependable[];
  /** Belongs to `kubernetes_network_config`. */
  readonly elasticLoadBalancing = { enabled: true };

  constructor(scope: Construct, id: string, { account, clusterName, ...options }: AutoModeProps) {
    super(scope, id);
    const nodePools = [...options.nodePools];
    const role =
      nodePools.length > 0
        ? new Role(this, "NodeRole", {
            account,
            roleName: physicalName([clusterName, "auto-nodes"], ROLE_NAME_MAX_LENGTH),
            description: `Auto Mode nodes of ${clusterName}`,
            trust: [serviceTrust("ec2.amazonaws.com")],
            purposes: ["autoModeNodes"],
          })
        : undefined;
    this.dependables = role?.dependables ?? [];
    this.config = {
      computeConfig: { enabled: true, nodePools, nodeRoleArn: role?.roleArn },
      storageConfig: { blockStorage: { enabled: true } },
    };
  }
}
