import { type AwsAccount, checkAccount } from "../core/account";
import { checkTags } from "../core/check-tags";
import type { Faults } from "../core/faults";
import { checkRepositories } from "../registry/check-repositories";
import type { RegistryConfig } from "./registry-config";

type Property = (name: string) => string;

/** Adds everything that is wrong with one registry. Its shape must be right. */
export function checkRegistry(faults: Faults, config: RegistryConfig, property: Property): void {
  const { id, account, state, tags } = config;
  const { deployRoleArn } = account;
  faults.matches(
    property("id"),
    id,
    /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    "must be 2 to 32 lower-case letters, digits and '-'",
  );
  checkAccount(faults, property("account"), account);
  faults
    .check(
      deployRoleArn === undefined || roleAccount(deployRoleArn) === account.accountId,
      property("account.deployRoleArn"),
      `must be the ARN of a role in account ${account.accountId}`,
      deployRoleArn,
    )
    .check(
      state.roleArn === undefined || roleAccount(state.roleArn) !== undefined,
      property("state.roleArn"),
      "must be the ARN of a role",
      state.roleArn,
    );
  checkTags(faults, tags, (name) => property(`tags.${name}`));
  checkRepositories(faults, config, account, property);
}

/** Adds what is wrong with where a registry keeps its state. */
export function checkRegistryState(
  faults: Faults,
  { account, state }: RegistryConfig,
  stores: readonly { readonly id: string; readonly account: AwsAccount }[],
  property: Property,
): void {
  const store = stores.find(({ id }) => id === state.store);
  const known = stores.map(({ id }) => id).join(", ");
  faults.check(store !== undefined, property("state.store"), `must be a state store (${known})`, state.store);
  if (!store || store.account.accountId === account.accountId) return;
  const { accountId } = store.account;
  faults.check(
    state.roleArn !== undefined && roleAccount(state.roleArn) === accountId,
    property("state.roleArn"),
    `must be a role in account ${accountId}, which holds the state`,
    state.roleArn,
  );
}

/** The account of a role's ARN; undefined if it is none. */
function roleAccount(arn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/.exec(arn)?.[1];
}
