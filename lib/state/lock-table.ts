import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { guarded, type Removal } from "../core/removal";
import type { IKey } from "../kms/key";

export interface LockTableProps {
  /** 3-255 characters. Changing it replaces the table. */
  readonly tableName: string;
  readonly encryptionKey: IKey;
  readonly removal: Removal;
}

/**
 * The table that Terraform's S3 backend locks state in, and keeps its digests.
 *
 * Creates `aws_dynamodb_table`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class LockTable extends Construct {
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, { tableName, encryptionKey, removal }: LockTableProps) {
    super(scope, id);
    this.resource = new DynamodbTable(this, "Resource", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "LockID",
      attribute: [{ name: "LockID", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: encryptionKey.keyArn },
      deletionProtectionEnabled: removal === "retain",
      lifecycle: guarded(removal),
    });
  }
}
