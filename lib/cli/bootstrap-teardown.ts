import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { awsCli } from "./aws-cli";
import { forget, localState } from "./bootstrap";
import { CommandError } from "./command-error";
import { StackFolder } from "./stack-folder";

export interface TeardownOptions {
  readonly bucket: string;
  readonly out: string;
}

/**
 * Destroys a state store. Its own state is moved out of the bucket first, then every guard is taken off, then all of it goes. Keys wait
 * out their deletion window, and service-linked roles stay: other parts of the account may use them. Run again after an interruption, it goes on where it stopped.
 */
export async function teardown(stackName: string, { bucket, out }: TeardownOptions): Promise<void> {
  const stack = new StackFolder(out, stackName);
  const { backend } = stack;
  if (bucket !== backend.bucket) {
    throw new CommandError(`"${bucket}" is not the state bucket of "${stackName}"`, `it is "${backend.bucket}"`);
  }
  const state = localState(stackName);
  refuseWhileUsed(backend);
  if (!existsSync(state)) await stack.terraform("init", "-reconfigure", "-input=false");
  mkdirSync(dirname(state), { recursive: true });
  const overrides = [
    stack.override("teardown_backend", { terraform: { backend: { local: { path: state } } } }),
    stack.override("teardown_guards", { resource: withoutGuards(stack) }),
  ];
  try {
    const init = existsSync(state) ? ["-reconfigure"] : ["-migrate-state", "-force-copy"];
    await stack.terraform("init", ...init, "-input=false");
    await stack.terraform("apply", "-auto-approve");
    await leaveServiceLinkedRoles(stack);
    await stack.terraform("destroy", "-auto-approve");
    forget(state);
  } finally {
    for (const override of overrides) override.remove();
  }
}

/** A state that still has resources would be lost, and its resources with it nobody's. */
function refuseWhileUsed({ bucket, key, region }: { bucket: string; key: string; region: string }): void {
  const where = ["--region", region];
  // A teardown that was interrupted may have taken the bucket already.
  const listed = awsCli(["s3api", "list-objects-v2", "--bucket", bucket, "--query", "Contents[].Key", ...where], {
    error: "NoSuchBucket",
    output: "null",
  });
  const keys = (JSON.parse(listed || "null") ?? []) as string[];
  for (const other of keys.filter((each) => each.endsWith(".tfstate") && each !== key)) {
    const state = awsCli(["s3", "cp", `s3://${bucket}/${other}`, "-", ...where]);
    const { resources = [] } = JSON.parse(state) as { resources?: object[] };
    if (resources.length === 0) continue;
    throw new CommandError(
      `s3://${bucket}/${other} still has ${resources.length} resources`,
      "destroy that stack first",
    );
  }
}

async function leaveServiceLinkedRoles(stack: StackFolder): Promise<void> {
  const known = stack.ask("state", "list").output.split("\n");
  const roles = known.filter((address) => address.startsWith("aws_iam_service_linked_role."));
  if (roles.length > 0) await stack.terraform("state", "rm", ...roles);
}

/** Every guard of the stack, off: what an override file says wins over the stack's own file. */
function withoutGuards(stack: StackFolder): object {
  const off: Record<string, Record<string, object>> = {};
  for (const [type, guards] of Object.entries(GUARDS)) {
    off[type] = Object.fromEntries(Object.keys(stack.resources(type)).map((id) => [id, guards]));
  }
  return off;
}

const lifecycle = { prevent_destroy: false };
const GUARDS: Readonly<Record<string, object>> = {
  aws_s3_bucket: { force_destroy: true, lifecycle },
  aws_dynamodb_table: { deletion_protection_enabled: false, lifecycle },
  aws_kms_key: { lifecycle },
};
