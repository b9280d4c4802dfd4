import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcEndpointSubnetAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-subnet-association";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../core/account";
import type { ISubnet } from "./vpc-interface";

/**
 * What nodes, add-ons and controllers call when a cluster has no way to the internet, besides S3.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export const PRIVATE_CLUSTER_ENDPOINTS: readonly string[] = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
];

/** Reached through route tables, at no cost. */
export const GATEWAY_SERVICES: readonly string[] = ["s3", "dynamodb"];

/** Endpoints of AWS services in a VPC. */
export interface VpcEndpointsProps {
  readonly region: string;
  readonly vpcId: string;
  readonly vpcName: string;
  /** Ranges that may call interface endpoints. */
  readonly cidrBlocks: readonly string[];
  /** Route tables of the private subnets, by name. */
  readonly routeTableIds: ReadonlyMap<string, string>;
  readonly interfaceEndpoints: readonly string[];
  /** Where interface endpoints stand: one subnet for each zone. */
  readonly subnets: readonly ISubnet[];
}

/**
 * VPC endpoints: S3 and DynamoDB by gateway, the services asked for by interface. Tables and subnets are attached one by one, so that
 * a new zone adds attachments and changes no endpoint.
 *
 * Creates `aws_vpc_endpoint` and attachments; for interface endpoints an `aws_security_group` that lets the VPC in on 443.
 */
export class VpcEndpoints extends Construct {
  readonly all: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    for (const service of GATEWAY_SERVICES) this.addGateway(service, props);
    if (props.interfaceEndpoints.length === 0) return;
    const securityGroupId = this.securityGroup(props);
    for (const service of props.interfaceEndpoints) this.addInterface(service, securityGroupId, props);
  }

  private addGateway(service: string, props: VpcEndpointsProps): void {
    const endpoint = new Construct(this, service);
    const resource = new VpcEndpoint(endpoint, "Resource", {
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${props.region}.${service}`,
      vpcEndpointType: "Gateway",
      tags: { Name: `${props.vpcName}-${service}` },
    });
    for (const [name, routeTableId] of props.routeTableIds) {
      this.all.push(new VpcEndpointRouteTableAssociation(endpoint, name, { vpcEndpointId: resource.id, routeTableId }));
    }
  }

  private addInterface(service: string, securityGroupId: string, props: VpcEndpointsProps): void {
    const endpoint = new Construct(this, service);
    const prefix = partitionOf(props.region) === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws";
    const resource = new VpcEndpoint(endpoint, "Resource", {
      vpcId: props.vpcId,
      serviceName: `${prefix}.${props.region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: [securityGroupId],
      tags: { Name: `${props.vpcName}-${service}` },
    });
    for (const { availabilityZone, subnetId } of props.subnets) {
      this.all.push(
        new VpcEndpointSubnetAssociation(endpoint, availabilityZone, { vpcEndpointId: resource.id, subnetId }),
      );
    }
  }

  private securityGroup({ vpcId, vpcName, cidrBlocks }: VpcEndpointsProps): string {
    const group = new SecurityGroup(this, "SecurityGroup", {
      vpcId,
      name: `${vpcName}-endpoints`,
      description: "Interface endpoints, called from inside the VPC",
      tags: { Name: `${vpcName}-endpoints` },
    });
    for (const cidrIpv4 of cidrBlocks) {
      const rule = new VpcSecurityGroupIngressRule(this, `From-${cidrIpv4.replace("/", "-")}`, {
        securityGroupId: group.id,
        description: `HTTPS from ${cidrIpv4}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
      });
      this.all.push(rule);
    }
    return group.id;
  }
}
