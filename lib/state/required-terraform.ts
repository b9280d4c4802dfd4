import type { TerraformStack } from "cdktf";

/**
 * Terraform from 1.11.0 on, for write-only attributes; 1.15.0 and 1.15.1 end in "Failed to parse terraform output" with a DynamoDB
 * lock (hashicorp/terraform#38479).
 */
export const REQUIRED_TERRAFORM_VERSION = ">= 1.11.0, != 1.15.0, != 1.15.1";

/** Says which Terraform may run a stack. */
export function requireTerraform(stack: TerraformStack): void {
  stack.addOverride("terraform.required_version", REQUIRED_TERRAFORM_VERSION);
}
