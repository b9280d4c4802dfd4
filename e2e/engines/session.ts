import type { Environment } from "./folders";
import { mustRun } from "./tools";

/** The caller as a role. */
export async function sessionOf(env: Environment, roleArn: string): Promise<Environment> {
  const args = ["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", "e2e", "--output", "json"];
  const { Credentials } = JSON.parse(await mustRun("aws", args, { env })) as { Credentials: Record<string, string> };
  return {
    ...env,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
}
