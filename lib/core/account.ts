import { Faults } from "./faults";

/** Where AWS resources are made, and the account's own rules for roles. */
export interface AwsAccount {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `eu-west-3`. */
  readonly region: string;
  /**
   * IAM path of every role that is made.
   *
   * @default "/"
   */
  readonly iamPath?: string;
  /**
   * Policy that bounds every role that is made.
   *
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;
}

/** @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const ACCOUNT_ID = /^\d{12}$/;

/** @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** The partitions besides `aws`, by how their regions begin: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS = [
  { begins: "cn-", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { begins: "us-gov-", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { begins: "us-iso-", partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { begins: "us-isob-", partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { begins: "eusc-", partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
] as const;

function partition(region: string) {
  return PARTITIONS.find(({ begins }) => region.startsWith(begins));
}

/** The partition a region belongs to: part of every ARN. */
export function partitionOf(region: string): string {
  return partition(region)?.partition ?? "aws";
}

/** The domain of AWS service principals that carry the region, such as `logs.eu-west-3.amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return partition(region)?.dnsSuffix ?? "amazonaws.com";
}

/** An ARN in the account and region, for example `arn(account, "logs", "log-group:/aws/eks/staging")`. */
export function arn({ accountId, region }: AwsAccount, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** An IAM ARN: IAM has no region. */
export function iamArn({ accountId, region }: AwsAccount, resource: string): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:${resource}`;
}

/** An AWS managed policy, for example `AmazonEKSClusterPolicy` or `service-role/AmazonEBSCSIDriverPolicy`. */
export function managedPolicyArn(region: string, policy: string): string {
  return `arn:${partitionOf(region)}:iam::aws:policy/${policy}`;
}

/** Adds the faults of an account record. */
export function checkAccount(faults: Faults, property: string, account: AwsAccount): void {
  faults
    .literal(`${property}.accountId`, account.accountId)
    .literal(`${property}.region`, account.region)
    .matches(`${property}.accountId`, account.accountId, ACCOUNT_ID, "must be twelve digits")
    .matches(`${property}.region`, account.region, REGION, "must be an AWS region", 'for example "eu-west-3"')
    .matches(
      `${property}.permissionsBoundaryArn`,
      account.permissionsBoundaryArn,
      /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/,
      "must be the ARN of an IAM policy",
    )
    .matches(`${property}.iamPath`, account.iamPath, /^\/([\x21-\x7e]+\/)?$/, "must begin and end with a slash");
}
