import { LogGroup, type LogGroupProps } from "../../../lib/logs/log-group";
import { KEY_ARN, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const logGroupName = "/aws/eks/staging/cluster";

test("minimal: encrypted, kept for a year, and left in place when the code goes", () => {
  const stack = synthesizeWith((scope) => {
    const group = new LogGroup(scope, "LogGroup", { logGroupName, encryptionKey: testKey(scope) });
    expect(group.retentionInDays).toBe(365);
  });
  expect(stack.only("aws_cloudwatch_log_group")).toEqual({
    name: logGroupName,
    kms_key_id: KEY_ARN,
    retention_in_days: 365,
    skip_destroy: true,
  });
  expect(stack.census).toEqual({
    aws_cloudwatch_log_group: 1,
  });
});

test("maximal: a retention of one's own, and logs that go with the code", () => {
  const stack = synthesizeWith((scope) => {
    const props: LogGroupProps = {
      logGroupName,
      encryptionKey: testKey(scope),
      retentionInDays: 3653,
      removal: "destroy",
    };
    new LogGroup(scope, "LogGroup", props);
  });
  expect(stack.only("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 3653, skip_destroy: false });
});

test.each<[string, Partial<LogGroupProps>, string]>([
  [
    "a retention that CloudWatch Logs does not know",
    { retentionInDays: 366 },
    "'retentionInDays' must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 366 at test/LogGroup",
  ],
  [
    "a retention of 0, which would mean forever",
    { retentionInDays: 0 },
    "'retentionInDays' must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 0 at test/LogGroup",
  ],
  [
    "a name beyond the limit",
    { logGroupName: "a".repeat(513) },
    `'logGroupName' must have 1 to 512 characters, has 513, got "${"a".repeat(513)}" at test/LogGroup`,
  ],
  [
    "a name with a space",
    { logGroupName: "/aws/my logs" },
    `'logGroupName' must have only letters, digits and '_-/.#', got "/aws/my logs" at test/LogGroup`,
  ],
  [
    "a name known only at apply",
    { logGroupName: aToken() },
    "'logGroupName' must be known at synth, got a token at test/LogGroup; write the value itself instead of another resource's attribute",
  ],
])("refused: %s", (_, wrong, message) => {
  const stack = testStack();
  const props = { logGroupName, encryptionKey: testKey(stack), ...wrong };
  expect(messageOf(() => new LogGroup(stack, "LogGroup", props))).toBe(message);
});
