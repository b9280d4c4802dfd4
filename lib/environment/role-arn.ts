/** What the ARN of a role says. */
export interface RoleArn {
  readonly accountId: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** IAM has one role of a name in an account, whatever its path and its case: the same for the same role. */
  readonly key: string;
}

/** Undefined for what is no ARN of a role. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const [, accountId, path, roleName] = /^arn:[^:]*:iam::(\d+):role(\/|\/.*\/)([^/]+)$/.exec(arn) ?? [];
  if (accountId === undefined || path === undefined || roleName === undefined) return undefined;
  return { accountId, path, key: `${accountId}/${roleName.toLowerCase()}` };
}

/** Whether two ARNs are of one role. */
export function isSameRole(one: string, other: string): boolean {
  const key = parseRoleArn(one)?.key;
  return key !== undefined && key === parseRoleArn(other)?.key;
}
