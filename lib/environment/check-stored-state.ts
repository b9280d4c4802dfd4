import type { AwsAccount } from "../core/account";
import type { Faults } from "../core/faults";
import type { StateStoreConfig } from "./environment-config";
import type { StoredState } from "./state-config";

/** Adds what is wrong with where a stack keeps its state: the store must be there, and in another account than the stack's a role leads to it. */
export function checkStoredState(
  faults: Faults,
  { state, account }: { readonly state: StoredState; readonly account?: AwsAccount },
  stores: readonly Pick<StateStoreConfig, "id" | "account">[],
  property: (name: string) => string,
): void {
  const store = stores.find(({ id }) => id === state.store);
  const known = stores.map(({ id }) => id).join(", ");
  faults.check(store !== undefined, property("state.store"), `must be a state store (${known})`, state.store);
  if (!store || !account || store.account.accountId === account.accountId) return;
  const { accountId } = store.account;
  faults.check(
    state.roleArn?.includes(`::${accountId}:`) ?? false,
    property("state.roleArn"),
    `must be a role in account ${accountId}, which holds the state`,
    state.roleArn,
  );
}
