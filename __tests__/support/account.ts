import type { AwsAccount } from "../../lib/core/account";

/** The account of every test. */
export const account: AwsAccount = { accountId: "111122223333", region: "eu-west-3" };
