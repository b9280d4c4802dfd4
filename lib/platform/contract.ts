import type { Removal } from "../core/removal";
import type { Stage } from "../core/stage";
import type { TagMap } from "../core/tags";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import type { PodSecurityLevel } from "../kubernetes/pod-security";
import type { SubnetTier } from "../vpc/subnet-layout";

/** What is written today. A new minor version only adds; a new major one changes what older libraries rely on. */
export const CONTRACT_VERSION = "1.0";

/**
 * What a platform promises one team about one environment: everything that the team's code must know at synth. Nothing in it is secret, and
 * nothing in it is known only after a deploy, so it can be written, reviewed and used before the environment exists.
 *
 * The same text lies in a file, for repositories, and in an SSM parameter, for machines.
 */
export interface PlatformContract {
  /** `<major>.<minor>`. */
  readonly contractVersion: string;
  /** The platform's package and version, for example `cdktf-eks-platform 0.1.0`. */
  readonly writtenBy: string;
  readonly environment: string;
  readonly team: string;
  readonly stage: Stage;
  /** Whether what is made again with loss is guarded; the team's resources follow it. */
  readonly removal: Removal;
  /**
   * Domain of the environment's hosts.
   *
   * @default - applications have no host
   */
  readonly domain?: string;
  readonly account: ContractAccount;
  readonly cluster: ContractCluster;
  readonly network: ContractNetwork;
  /** The namespaces granted to the team, by name. */
  readonly namespaces: Readonly<Record<string, GrantedNamespaceFacts>>;
  readonly identity: ContractIdentity;
  /**
   * Where the team's states may lie.
   *
   * @default - the team keeps its state elsewhere
   */
  readonly state?: ContractState;
  /** Tags of every AWS resource of the team. */
  readonly tags: TagMap;
  readonly parameters: ContractParameters;
}

/** Where everything of the environment is. */
export interface ContractAccount {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** The cluster, as far as its name and version are known before it exists. */
export interface ContractCluster {
  readonly clusterName: string;
  /** For example `1.35`. A newer one is no broken promise: plans warn of it. */
  readonly kubernetesVersion: string;
}

/** Ranges of the VPC and its subnets: what network policies and load balancers need. */
export interface ContractNetwork {
  /** The VPC's own ranges. */
  readonly cidrBlocks: readonly string[];
  /** Range of each subnet, by tier and zone. */
  readonly subnets: Readonly<Partial<Record<SubnetTier, Readonly<Record<string, string>>>>>;
  /** What traffic named by its purpose means; without the nodes' security group, which is known after a deploy. */
  readonly traffic: Omit<ClusterNetwork, "nodeSecurityGroupId">;
}

/** What is known of a namespace that a team was granted. */
export interface GrantedNamespaceFacts {
  readonly podSecurityLevel: PodSecurityLevel;
}

/** With which role the team deploys, and what it was granted besides its namespaces. */
export interface ContractIdentity {
  /** Role that the team's Terraform runs with, in AWS and in the cluster. */
  readonly deployRoleArn: string;
  /**
   * How roles of the team's pods must look.
   *
   * @default - its pods have no roles in AWS
   */
  readonly podRoles?: ContractPodRoles;
  /** Whether the team may open traffic of its namespaces. */
  readonly networkPolicies: boolean;
}

/** What a role of the team's pods must have, or IAM refuses it. */
export interface ContractPodRoles {
  /** IAM path that they must stand under, for example `/eks-platform/staging/genomics/`. */
  readonly iamPath: string;
  /** Policy that bounds each of them. */
  readonly permissionsBoundaryArn: string;
}

/** A place for the team's states in the environment's state store. */
export interface ContractState {
  readonly bucketName: string;
  readonly region: string;
  /** Encrypts the states. */
  readonly keyAliasArn: string;
  /** Every object of the team begins with it, for example `teams/genomics/staging/`. */
  readonly keyPrefix: string;
}

/** Names of SSM parameters. */
export interface ContractParameters {
  /** Holds this contract. */
  readonly contract: string;
  /** Holds `LiveFacts`. */
  readonly live: string;
}

/** What is known only once the environment is deployed. It lies in SSM and in no file. */
export interface LiveFacts {
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  /** Base64, as EKS gives it. */
  readonly clusterCertificateAuthorityData: string;
  readonly clusterSecurityGroupId: string;
  readonly oidcIssuer: string;
  readonly vpcId: string;
  /** Ids by tier and zone. */
  readonly subnetIds: Readonly<Partial<Record<SubnetTier, Readonly<Record<string, string>>>>>;
  /** Key of the environment's data. */
  readonly dataKeyArn: string;
}

/** The SSM parameters of a team in an environment. */
export function contractParameters(environment: string, team: string): ContractParameters {
  return { contract: `/eks-platform/${environment}/${team}/contract`, live: `/eks-platform/${environment}/live` };
}
