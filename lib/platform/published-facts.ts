import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../eks/cluster-interface";
import type { IKey } from "../kms/key";
import type { SubnetTier } from "../vpc/subnet-layout";
import type { IVpc } from "../vpc/vpc-interface";
import type { LiveFacts } from "./contract";

/** An environment, as it was made. */
export interface PublishedFactsProps {
  /** Name of the parameter, as contracts have it. Changing it replaces the parameter. */
  readonly parameterName: string;
  readonly environment: string;
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  /** The tiers of the VPC whose subnets are told. */
  readonly tiers: readonly SubnetTier[];
  readonly dataKey: IKey;
}

/**
 * What is known of an environment only once it is deployed, for the teams that have a contract with it: one SSM parameter for all of them.
 *
 * Creates `aws_ssm_parameter`.
 *
 * @throws {ValidationError} if the VPC has no subnets in a tier
 */
export class PublishedFacts extends Construct {
  readonly resource: SsmParameter;

  constructor(scope: Construct, id: string, props: PublishedFactsProps) {
    super(scope, id);
    const { cluster, vpc, tiers, dataKey } = props;
    const subnetIds = tiers.map((tier) => [
      tier,
      Object.fromEntries(vpc.subnets(tier).map(({ availabilityZone, subnetId }) => [availabilityZone, subnetId])),
    ]);
    const facts: LiveFacts = {
      clusterArn: cluster.clusterArn,
      clusterEndpoint: cluster.clusterEndpoint,
      clusterCertificateAuthorityData: cluster.clusterCertificateAuthorityData,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      oidcIssuer: cluster.oidcIssuer,
      vpcId: vpc.vpcId,
      subnetIds: Object.fromEntries(subnetIds),
      dataKeyArn: dataKey.keyArn,
    };
    this.resource = new SsmParameter(this, "Resource", {
      name: props.parameterName,
      description: `What is known of ${props.environment} since it is deployed`,
      type: "String",
      tier: "Standard",
      insecureValue: Fn.jsonencode(facts),
    });
  }
}
