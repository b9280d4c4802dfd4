import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { guarded, type Removal } from "../core/removal";
import type { IKey } from "../kms/key";

export interface LockTableProps {
  /**
   * 3-255 letters, digits and `_.-`. Changing it replaces the table.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
   */
  readonly tableName: string;
  readonly encryptionKey: IKey;
  readonly removal: Removal;
}

/**
 * The table that Terraform's S3 backend locks state in, and keeps its digests.
 *
 * Creates `aws_dynamodb_table`.
 *
 * @throws {ValidationError} if `tableName` is not one that DynamoDB allows
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class LockTable extends Construct {
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, { tableName, encryptionKey, removal }: LockTableProps) {
    super(scope, id);
    new Faults(this.node.path)
      .literal("tableName", tableName)
      .matches("tableName", tableName, /^[\w.-]+$/, "must have only letters, digits and '_.-'")
      .length("tableName", tableName, 3, 255)
      .throwIfAny();
    this.resource = new DynamodbTable(this, "Resource", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "LockID",
      attribute: [{ name: "LockID", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: encryptionKey.keyArn },
      deletionProtectionEnabled: removal !== "destroy",
      lifecycle: guarded(removal),
    });
  }
}
