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
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** The partition a region belongs to: part of every ARN. */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The domain of AWS service principals that carry one, such as `ec2.amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
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
    .matches(`${property}.iamPath`, account.iamPath, /^\/([\x21-\x7e]+\/)?$/, "must begin and end with a slash");
}
