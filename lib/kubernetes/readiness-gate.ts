import { Aspects, dependable, type IAspect, TerraformResource, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { TerraformData } from "../core/terraform-data";
import type { ICluster } from "../eks/cluster-interface";
import { getTokenArguments } from "./providers";
import { waitForLogin } from "./wait-for-login";

/** What must be there before anything is put into the cluster. */
export interface ReadinessGateProps {
  readonly cluster: ICluster;
  /**
   * Role that logs in to the cluster.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
  /**
   * How long a login may be refused before the deploy fails. Unit: seconds. Access entries take up to some minutes to work.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** What must work before anything is installed in the cluster, and must outlive it. */
const BEFORE = new Set([
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_addon",
  "aws_eks_node_group",
  "aws_eks_pod_identity_association",
  "aws_route",
  "aws_vpc_endpoint_route_table_association",
  "aws_vpc_endpoint_subnet_association",
  "aws_vpc_security_group_ingress_rule",
]);

/**
 * Stands between the cluster and everything in it: nodes, add-ons, access and routes come before it, every Kubernetes resource and Helm
 * release of the stack after it; on destroy the other way round. When it is made it waits, for a bounded time, until a login works.
 *
 * Creates `terraform_data`. Needs the AWS CLI and curl where Terraform runs.
 */
export class ReadinessGate extends Construct {
  readonly resource: TerraformData;

  constructor(scope: Construct, id: string, { cluster, roleArn, timeoutSeconds = 300 }: ReadinessGateProps) {
    super(scope, id);
    this.resource = new TerraformData(this, "Resource", {
      triggersReplace: { cluster: cluster.clusterArn },
      provisioners: [
        waitForLogin({
          endpoint: cluster.clusterEndpoint,
          certificateAuthorityData: cluster.clusterCertificateAuthorityData,
          tokenArguments: getTokenArguments(cluster, roleArn),
          timeoutSeconds,
        }),
      ],
    });
    Aspects.of(TerraformStack.of(this)).add(new GateAspect(this.resource));
  }
}

class GateAspect implements IAspect {
  constructor(private readonly gate: TerraformData) {}

  visit(node: IConstruct): void {
    if (node === this.gate) this.waitForCluster();
    else if (isInCluster(node)) node.dependsOn = [...(node.dependsOn ?? []), dependable(this.gate)];
  }

  private waitForCluster(): void {
    const before = TerraformStack.of(this.gate)
      .node.findAll()
      .filter(TerraformResource.isTerraformResource)
      .filter(({ terraformResourceType }) => BEFORE.has(terraformResourceType));
    this.gate.dependsOn = before.map((resource) => dependable(resource));
  }
}

function isInCluster(node: IConstruct): node is TerraformResource {
  return TerraformResource.isTerraformResource(node) && /^(kubernetes|helm)_/.test(node.terraformResourceType);
}
