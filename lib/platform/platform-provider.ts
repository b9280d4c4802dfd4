import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, type TerraformStack } from "cdktf";
import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";

/** The stack's AWS provider without an alias: what resources use that name none. */
export function defaultAwsProvider(stack: TerraformStack): AwsProvider | undefined {
  return stack.node
    .findAll()
    .filter(TerraformProvider.isTerraformProvider)
    .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined) as
    | AwsProvider
    | undefined;
}

/** Adds a fault unless a provider of the stack is bound to the platform's account and region. */
export function checkAwsProvider(faults: Faults, provider: AwsProvider, { accountId, region }: AwsAccount): void {
  const { regionInput = null, allowedAccountIdsInput = [] } = provider;
  const fix = "leave that provider out, and Platform makes one; or give it an alias";
  const which = `of the AWS provider ${provider.node.path} must be that of the platform`;
  faults.check(regionInput === region, "region", `${which}, ${JSON.stringify(region)}`, regionInput, fix);
  const [allowed, ...others] = allowedAccountIdsInput;
  const isBound = allowed === accountId && others.length === 0;
  faults.check(isBound, "allowedAccountIds", `${which}, ["${accountId}"]`, allowedAccountIdsInput, fix);
}
