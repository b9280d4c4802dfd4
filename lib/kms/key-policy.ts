import { type AwsAccount, arn, dnsSuffixOf, iamArn, partitionOf } from "../core/account";
import type { Statement } from "../core/policy-document";

/** Who may use a key besides those whom IAM policies of its own account let in. */
export interface KeyUsers {
  /** Names of the log groups that CloudWatch Logs encrypts with the key. */
  readonly logGroups: readonly string[];
  /** Whether Auto Scaling may encrypt the volumes of the instances that it starts. */
  readonly autoScaling: boolean;
  /** Other accounts. Their own IAM policies still have to allow it. */
  readonly accounts: readonly string[];
}

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The key policy. Its first statement always gives the account itself full control: a key without it can lock everybody out for
 * good, AWS support included.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(account: AwsAccount, users: KeyUsers): Statement[] {
  const statements: Statement[] = [
    {
      Sid: "AccountRoot",
      Effect: "Allow",
      Principal: { AWS: iamArn(account, "root") },
      Action: "kms:*",
      Resource: "*",
    },
  ];
  if (users.logGroups.length > 0) statements.push(logsStatement(account, users.logGroups));
  if (users.autoScaling) statements.push(...autoScalingStatements(account));
  if (users.accounts.length > 0) statements.push(accountsStatement(account, users.accounts));
  return statements;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsStatement(account: AwsAccount, logGroups: readonly string[]): Statement {
  return {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${account.region}.${dnsSuffixOf(account.region)}` },
    Action: USE,
    Resource: "*",
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": logGroups.map((name) => arn(account, "logs", `log-group:${name}`)),
      },
    },
  };
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
function autoScalingStatements(account: AwsAccount): Statement[] {
  const role = iamArn(account, "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
  return [
    { Sid: "AutoScaling", Effect: "Allow", Principal: { AWS: role }, Action: USE, Resource: "*" },
    {
      Sid: "AutoScalingVolumes",
      Effect: "Allow",
      Principal: { AWS: role },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function accountsStatement({ region }: AwsAccount, accounts: readonly string[]): Statement {
  return {
    Sid: "OtherAccounts",
    Effect: "Allow",
    Principal: { AWS: accounts.map((id) => `arn:${partitionOf(region)}:iam::${id}:root`) },
    Action: USE,
    Resource: "*",
  };
}
