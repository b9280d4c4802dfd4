import type { Construct } from "constructs";
import { Cluster, type ClusterProps } from "../../lib/eks/cluster";
import type { ICluster } from "../../lib/eks/cluster-interface";
import { type IKey, Key } from "../../lib/kms/key";
import type { SubnetTier } from "../../lib/vpc/subnet-layout";
import { Vpc } from "../../lib/vpc/vpc";
import type { IVpc } from "../../lib/vpc/vpc-interface";
import { account } from "./account";

export const ZONES = ["eu-west-3a", "eu-west-3b"];
export const KEY_ARN = "arn:aws:kms:eu-west-3:111122223333:key/11111111-2222-3333-4444-555555555555";

/** A key of elsewhere: it adds nothing to a census. */
export function testKey(scope: Construct, id = "Key"): IKey {
  return Key.fromKeyArn(scope, id, KEY_ARN);
}

/** A VPC of elsewhere, 10.0.0.0/16, with a control-plane and a private subnet in each of two zones: it adds nothing to a census. */
export function testVpc(scope: Construct, id = "Vpc"): IVpc {
  const tiers: readonly [SubnetTier, number][] = [
    ["control-plane", 0],
    ["private-with-egress", 10],
  ];
  return Vpc.fromVpcAttributes(scope, id, {
    vpcId: "vpc-1",
    cidrBlocks: ["10.0.0.0/16"],
    subnets: tiers.flatMap(([tier, first]) =>
      ZONES.map((availabilityZone, index) => ({
        tier,
        availabilityZone,
        subnetId: `subnet-${tier}-${availabilityZone}`,
        cidrBlock: `10.0.${first + index}.0/24`,
      })),
    ),
  });
}

/** A VPC that is made, with NAT gateways, for tests of what waits for the way out. */
export function vpcWithEgress(scope: Construct, id = "Vpc"): Vpc {
  return new Vpc(scope, id, {
    account,
    vpcName: "test",
    cidrBlock: "10.0.0.0/16",
    availabilityZones: ZONES,
    natGateways: "single",
    flowLogs: "off",
    removal: "destroy",
  });
}

/** Props of a cluster with nothing but what is required. */
export function clusterProps(scope: Construct, props: Partial<ClusterProps> = {}): ClusterProps {
  const key = testKey(scope);
  return {
    account,
    clusterName: "test",
    kubernetesVersion: "1.35",
    vpc: props.vpc ?? testVpc(scope),
    availabilityZones: ZONES,
    secretsEncryptionKey: key,
    logs: { encryptionKey: key },
    ...props,
  };
}

/** A cluster of elsewhere, Kubernetes 1.35: it adds nothing to a census. */
export function testCluster(scope: Construct, id = "Cluster"): ICluster {
  return Cluster.fromClusterAttributes(scope, id, {
    account,
    clusterName: "test",
    clusterArn: "arn:aws:eks:eu-west-3:111122223333:cluster/test",
    clusterEndpoint: "https://test.eks.example",
    clusterCertificateAuthorityData: "Y2E=",
    clusterSecurityGroupId: "sg-1",
    oidcIssuer: "https://oidc.eks.eu-west-3.amazonaws.com/id/TEST",
    kubernetesVersion: "1.35",
  });
}
