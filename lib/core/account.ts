import { Faults } from "./faults";

/** Where AWS resources are made, and the account's own rules for roles. */
export interface AwsAccount {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `eu-west-3`. */
  readonly region: string;
  /**
   * IAM path of every role that is made: letters, digits and `_+=,.@-` between single slashes, 1-512 characters.
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

/**
 * The partitions besides `aws`, by how their regions begin.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const PARTITIONS = [
  { begins: "cn-", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { begins: "us-gov-", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { begins: "us-iso-", partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { begins: "us-isob-", partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { begins: "eu-isoe-", partition: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { begins: "us-isof-", partition: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
  { begins: "eusc-", partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
] as const;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const IAM_PATH_MAX_LENGTH = 512;

/** IAM takes more characters. Those of names are enough, and none of them is a pattern in the policies that name the path. */
const IAM_PATH = /^(?!.*\/\/)[\w+=,.@/-]*$/;
const IAM_PATH_RULE = "must have only letters, digits and '_+=,.@-' between single slashes";

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
    .matches(`${property}.iamPath`, account.iamPath, /^\/(.*\/)?$/s, "must begin and end with a slash")
    .matches(`${property}.iamPath`, account.iamPath, IAM_PATH, IAM_PATH_RULE, "'*' and '?' are patterns in policies")
    .length(`${property}.iamPath`, account.iamPath, 1, IAM_PATH_MAX_LENGTH);
}
