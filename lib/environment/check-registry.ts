import { checkAccount } from "../core/account";
import { checkTags } from "../core/check-tags";
import type { Faults } from "../core/faults";
import { checkRepositories } from "../registry/check-repositories";
import { checkStackName } from "./check-identity";
import { checkRoleArn } from "./check-role-arn";
import type { RegistryConfig } from "./registry-config";

type Property = (name: string) => string;

/** Adds everything that is wrong with one registry. Its shape must be right. */
export function checkRegistry(faults: Faults, config: RegistryConfig, property: Property): void {
  const { id, account, state, tags } = config;
  checkStackName(faults, property("id"), id);
  checkAccount(faults, property("account"), account);
  checkRoleArn(faults, property("account.deployRoleArn"), account.deployRoleArn, account.accountId);
  checkRoleArn(faults, property("state.roleArn"), state.roleArn);
  checkTags(faults, tags, (name) => property(`tags.${name}`));
  checkRepositories(faults, config, account, property);
}
