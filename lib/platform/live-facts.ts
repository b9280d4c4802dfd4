import { Fn, type IResolvable, propertyAccess, Token } from "cdktf";
import type { Construct } from "constructs";
import type { AwsAccount } from "../core/account";
import type { ICluster } from "../eks/cluster-interface";
import { ImportedCluster } from "../eks/imported-cluster";
import { type IKey, Key } from "../kms/key";
import { ImportedVpc } from "../vpc/imported-vpc";
import { SUBNET_TIERS } from "../vpc/subnet-layout";
import type { IVpc } from "../vpc/vpc-interface";
import type { LiveFacts, PlatformContract } from "./contract";

/** What a deployed environment is known by: facts of its contract, and what its parameter of live facts holds, as tokens. */
export interface LivePlatform {
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  readonly dataKey: IKey;
}

/** @param published text of the parameter that holds `LiveFacts`, as a token */
export function livePlatform(scope: Construct, contract: PlatformContract, published: string): LivePlatform {
  const { account, network, cluster, identity } = contract;
  const facts = Fn.jsondecode(published) as IResolvable;
  const fact = (name: keyof LiveFacts, ...path: string[]) => Token.asString(propertyAccess(facts, [name, ...path]));
  const rolesOfPods: AwsAccount = { ...account, ...identity.podRoles };
  return {
    cluster: new ImportedCluster(scope, "Cluster", {
      account: rolesOfPods,
      clusterName: cluster.clusterName,
      clusterArn: fact("clusterArn"),
      clusterEndpoint: fact("clusterEndpoint"),
      clusterCertificateAuthorityData: fact("clusterCertificateAuthorityData"),
      clusterSecurityGroupId: fact("clusterSecurityGroupId"),
      oidcIssuer: fact("oidcIssuer"),
      kubernetesVersion: cluster.kubernetesVersion,
    }),
    vpc: new ImportedVpc(scope, "Vpc", {
      vpcId: fact("vpcId"),
      cidrBlocks: network.cidrBlocks,
      subnets: SUBNET_TIERS.flatMap((tier) =>
        Object.entries(network.subnets[tier] ?? {}).map(([availabilityZone, cidrBlock]) => ({
          tier,
          availabilityZone,
          cidrBlock,
          subnetId: fact("subnetIds", tier, availabilityZone),
        })),
      ),
    }),
    dataKey: Key.fromKeyArn(scope, "DataKey", fact("dataKeyArn")),
  };
}
