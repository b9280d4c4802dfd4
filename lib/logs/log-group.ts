import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { Removal } from "../core/removal";
import type { IKey } from "../kms/key";

/** How logs are kept, wherever a construct writes some. */
export interface LogOptions {
  /** The key must let CloudWatch Logs in for this log group: `KeyProps.logGroups`. */
  readonly encryptionKey: IKey;
  /**
   * Unit: days. One of the values that CloudWatch Logs knows. Changing it does not replace the log group.
   *
   * @default 365
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly retentionInDays?: number;
}

export interface LogGroupProps extends LogOptions {
  /**
   * 1-512 letters, digits and `_-/.#`. Changing it replaces the log group.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
   */
  readonly logGroupName: string;
  /**
   * `retain` leaves the logs in place when the code goes.
   *
   * @default "retain"
   */
  readonly removal?: Removal;
}

const RETENTION_IN_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * An encrypted CloudWatch log group with a retention.
 *
 * Creates `aws_cloudwatch_log_group`.
 *
 * @throws {ValidationError} if `logGroupName` breaks the limits of CloudWatch Logs, or `retentionInDays` is not a value that CloudWatch Logs knows
 */
export class LogGroup extends Construct {
  readonly logGroupArn: string;
  readonly retentionInDays: number;
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    this.retentionInDays = props.retentionInDays ?? 365;
    new Faults(this.node.path)
      .literal("logGroupName", props.logGroupName)
      .matches("logGroupName", props.logGroupName, /^[\w./#-]+$/, "must have only letters, digits and '_-/.#'")
      .length("logGroupName", props.logGroupName, 1, 512)
      .oneOf("retentionInDays", this.retentionInDays, RETENTION_IN_DAYS)
      .throwIfAny();
    this.resource = new CloudwatchLogGroup(this, "Resource", {
      name: props.logGroupName,
      kmsKeyId: props.encryptionKey.keyArn,
      retentionInDays: this.retentionInDays,
      skipDestroy: props.removal !== "destroy",
    });
    this.logGroupArn = this.resource.arn;
  }
}
