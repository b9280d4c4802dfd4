import { FlowLogs, type FlowLogsProps, flowLogGroupName } from "../../../lib/vpc/flow-logs";
import { account } from "../../support/account";
import { KEY_ARN, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";

const minimal: Omit<FlowLogsProps, "encryptionKey"> = {
  account,
  vpcId: "vpc-1",
  vpcName: "staging",
  removal: "retain",
};

function flowLogsWith(props: Partial<FlowLogsProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new FlowLogs(scope, "FlowLogs", { ...minimal, encryptionKey: testKey(scope), ...props });
  });
}

test("minimal: all traffic goes to an encrypted log group, is kept for a year and outlives the code", () => {
  const stack = flowLogsWith();
  expect(stack.only("aws_flow_log")).toMatchObject({
    vpc_id: "vpc-1",
    traffic_type: "ALL",
    log_destination_type: "cloud-watch-logs",
    log_destination: expect.stringContaining("aws_cloudwatch_log_group.FlowLogs_LogGroup"),
    iam_role_arn: expect.stringContaining("aws_iam_role.FlowLogs_Role"),
  });
  expect(stack.only("aws_cloudwatch_log_group")).toEqual({
    name: "/aws/vpc/staging/flow-logs",
    kms_key_id: KEY_ARN,
    retention_in_days: 365,
    skip_destroy: true,
  });
  expect(stack.census).toEqual({
    aws_flow_log: 1,
    aws_cloudwatch_log_group: 1, // where the logs go
    aws_iam_role: 1, // who delivers them
    aws_iam_role_policy: 1, // what it may do
  });
});

test("maximal: the account's path and boundary hold for the role, and the logs go with the code", () => {
  const boundary = "arn:aws:iam::111122223333:policy/boundary";
  const stack = flowLogsWith({
    account: { ...account, iamPath: "/platform/", permissionsBoundaryArn: boundary },
    retentionInDays: 30,
    removal: "destroy",
  });
  expect(stack.only("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 30, skip_destroy: false });
  expect(stack.only("aws_iam_role")).toMatchObject({ path: "/platform/", permissions_boundary: boundary });
});

test("the role is for this account's flow logs alone, and writes to this log group alone", () => {
  const stack = flowLogsWith();
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-3:111122223333:vpc-flow-log/*" },
        },
      },
    ],
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.FlowLogs_LogGroup_\w+\.arn\}:\*$/),
      },
      {
        Effect: "Allow",
        Action: "logs:DescribeLogGroups",
        Resource: "arn:aws:logs:eu-west-3:111122223333:log-group:*",
      },
    ],
  });
});

test("delivery starts only when the role may deliver", () => {
  const stack = flowLogsWith();
  const [policy] = Object.keys(stack.resources("aws_iam_role_policy"));
  expect(stack.only("aws_flow_log").depends_on).toEqual([`aws_iam_role_policy.${policy}`]);
});

test("the longest name of a VPC still gives a role that IAM takes", () => {
  const vpcName = "a".repeat(128);
  const stack = flowLogsWith({ vpcName });
  expect(stack.only("aws_iam_role").name).toBe(`${"a".repeat(55)}-a2e94803`);
  expect(stack.only("aws_cloudwatch_log_group").name).toBe(flowLogGroupName(vpcName));
});

test("a retention that CloudWatch Logs does not know is refused", () => {
  const stack = testStack();
  const props = { ...minimal, encryptionKey: testKey(stack), retentionInDays: 2 };
  expect(messageOf(() => new FlowLogs(stack, "FlowLogs", props))).toBe(
    "'retentionInDays' must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 2 at test/FlowLogs/LogGroup",
  );
});
