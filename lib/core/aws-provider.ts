import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { AwsAccount } from "./account";

/** How a stack reaches an account. */
export interface AwsAccess {
  readonly account: AwsAccount;
  /**
   * Role to assume in the account.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
  /**
   * Name of a further AWS provider of the stack.
   *
   * @default - the stack's default provider
   */
  readonly alias?: string;
}

/** An AWS provider that refuses any account but the one named, before anything is planned. No credentials, no `default_tags`. */
export function awsProvider(scope: Construct, id: string, { account, roleArn, alias }: AwsAccess): AwsProvider {
  return new AwsProvider(scope, id, {
    alias,
    region: account.region,
    allowedAccountIds: [account.accountId],
    assumeRole: roleArn ? [{ roleArn, sessionName: "cdktf-eks-platform" }] : undefined,
  });
}
