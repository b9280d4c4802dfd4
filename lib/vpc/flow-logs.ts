import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { type AwsAccount, arn } from "../core/account";
import { physicalName } from "../core/names";
import type { Removal } from "../core/removal";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceTrust } from "../iam/trust";
import { LogGroup, type LogOptions } from "../logs/log-group";

/** Name of the log group that a VPC's flow logs go to; the key that encrypts it must let this group in. */
export function flowLogGroupName(vpcName: string): string {
  return `/aws/vpc/${vpcName}/flow-logs`;
}

export interface FlowLogsProps extends LogOptions {
  readonly account: AwsAccount;
  readonly vpcId: string;
  readonly vpcName: string;
  readonly removal: Removal;
}

/**
 * Flow logs of all traffic of a VPC, to an encrypted log group of their own.
 *
 * Creates `aws_flow_log`, `aws_cloudwatch_log_group` and a role for delivery.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { account, vpcId, vpcName, ...props }: FlowLogsProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "LogGroup", { ...props, logGroupName: flowLogGroupName(vpcName) });
    const role = new Role(this, "Role", {
      account,
      roleName: physicalName([vpcName, "flow-logs"], ROLE_NAME_MAX_LENGTH),
      description: `Delivers the flow logs of ${vpcName}`,
      trust: [
        serviceTrust("vpc-flow-logs.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": account.accountId },
          ArnLike: { "aws:SourceArn": arn(account, "ec2", "vpc-flow-log/*") },
        }),
      ],
    });
    role.addPolicy("Deliver", [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${logGroup.logGroupArn}:*`,
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: arn(account, "logs", "log-group:*") },
    ]);
    new FlowLog(this, "Resource", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.logGroupArn,
      iamRoleArn: role.roleArn,
      maxAggregationInterval: 600,
      tags: { Name: vpcName },
      dependsOn: role.dependables,
    });
  }
}
