import type { Faults } from "../core/faults";

/** Adds a fault unless it is the ARN of a role, and of one in the account if that is given. */
export function checkRoleArn(faults: Faults, property: string, roleArn: string | undefined, accountId?: string): void {
  if (roleArn === undefined) return;
  const role = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/.exec(roleArn);
  const holds = role !== null && (accountId === undefined || role[1] === accountId);
  const rule = `must be the ARN of a role${accountId === undefined ? "" : ` in account ${accountId}`}`;
  faults.check(holds, property, rule, roleArn);
}
