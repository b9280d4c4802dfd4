import { LockTable, type LockTableProps } from "../../../lib/state/lock-table";
import { KEY_ARN, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

function tableWith(removal: LockTableProps["removal"]): Synthesized {
  return synthesizeWith((scope) => {
    new LockTable(scope, "Locks", { tableName: "locks", encryptionKey: testKey(scope), removal });
  });
}

test("minimal: what Terraform locks in, encrypted with our key, restorable to the second, protected twice", () => {
  const stack = tableWith("retain");
  expect(stack.only("aws_dynamodb_table")).toEqual({
    name: "locks",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "LockID",
    attribute: [{ name: "LockID", type: "S" }],
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: KEY_ARN },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.census).toEqual({
    aws_dynamodb_table: 1,
  });
});

test("maximal: a table that may go has neither protection, and keeps the rest", () => {
  expect(tableWith("destroy").only("aws_dynamodb_table")).toMatchObject({
    deletion_protection_enabled: false,
    lifecycle: { prevent_destroy: false },
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: KEY_ARN },
  });
});

test.each([
  ["too short", "ab", `'tableName' must have 3 to 255 characters, has 2, got "ab" at test/Locks`],
  [
    "beyond DynamoDB's limit",
    "a".repeat(256),
    `'tableName' must have 3 to 255 characters, has 256, got "${"a".repeat(256)}" at test/Locks`,
  ],
  [
    "with a slash",
    "state/locks",
    `'tableName' must have only letters, digits and '_.-', got "state/locks" at test/Locks`,
  ],
  [
    "known only at apply",
    aToken(),
    "'tableName' must be known at synth, got a token at test/Locks; write the value itself instead of another resource's attribute",
  ],
])("refused: a name %s", (_, tableName, message) => {
  const stack = testStack();
  const props: LockTableProps = { tableName, encryptionKey: testKey(stack), removal: "retain" };
  expect(messageOf(() => new LockTable(stack, "Locks", props))).toBe(message);
});
