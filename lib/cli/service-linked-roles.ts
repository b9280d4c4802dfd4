import { awsCli } from "./aws-cli";
import type { StackFolder } from "./stack-folder";

const TYPE = "aws_iam_service_linked_role";

/** Imports the service-linked roles that the account has already: AWS keeps one of each and refuses to make a second. */
export async function adoptServiceLinkedRoles(stack: StackFolder): Promise<void> {
  const known = new Set(stack.ask("state", "list").output.split("\n"));
  for (const [id, body] of Object.entries(stack.resources(TYPE))) {
    const address = `${TYPE}.${id}`;
    const roleArn = known.has(address) ? undefined : existingRole(String(body.aws_service_name));
    if (roleArn) await stack.terraform("import", "-input=false", address, roleArn);
  }
}

function existingRole(service: string): string | undefined {
  const path = `/aws-service-role/${service}/`;
  const output = awsCli(["iam", "list-roles", "--path-prefix", path, "--query", "Roles[].Arn"]);
  // Accounts may have further ones with a suffix, `AWSServiceRoleForAutoScaling_CMK`: those are not meant.
  return (JSON.parse(output || "[]") as string[]).find((arn) => !arn.includes("_"));
}
