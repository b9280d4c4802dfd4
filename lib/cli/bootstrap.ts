import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "./command-error";
import { adoptServiceLinkedRoles } from "./service-linked-roles";
import { StackFolder } from "./stack-folder";
import { finishInPlace } from "./untaint";

export interface BootstrapOptions {
  readonly out: string;
  readonly autoApprove: boolean;
}

/** Folder of the local state of bootstraps that are under way: `.bootstrap`, ignored by Git, unless this variable names another. */
export const BOOTSTRAP_FOLDER_VARIABLE = "EKS_PLATFORM_BOOTSTRAP_FOLDER";

/** Local state of a bootstrap that is under way. */
export function localState(stack: string): string {
  return resolve(process.env[BOOTSTRAP_FOLDER_VARIABLE] ?? ".bootstrap", `${stack}.tfstate`);
}

/**
 * Makes the state store with a local state first, because the store does not exist yet; then moves that state into the bucket it made.
 * Run again after an interruption, it goes on where it stopped; run again later, it applies changes with the state where it lies.
 */
export async function bootstrap(stackName: string, { out, autoApprove }: BootstrapOptions): Promise<void> {
  const stack = new StackFolder(out, stackName);
  const { bucket } = stack.backend;
  const state = localState(stackName);
  const approve = autoApprove ? ["-auto-approve"] : [];

  const inBucket = bucketAnswers(stack) ? pulledState(stack) : undefined;
  const local = existsSync(state) ? (JSON.parse(readFileSync(state, "utf8")) as StateIdentity) : undefined;
  if (inBucket && (!local || hasArrived(local, inBucket))) {
    forget(state);
    await stack.terraform("apply", ...approve);
    console.log(`The state of "${stackName}" lies in s3://${bucket}, as before.`);
    return;
  }
  await applyLocally(stack, state, approve);
  await stack.terraform("init", "-migrate-state", "-force-copy", "-input=false");
  checkMoved(stack);
  forget(state);
  console.log(`The state of "${stackName}" now lies in s3://${bucket}; the local copy is gone.`);
}

/** Whether the bucket is there to hold state. Any other trouble than a missing bucket ends the command. */
function bucketAnswers(stack: StackFolder): boolean {
  rmSync(join(stack.folder, ".terraform", "terraform.tfstate"), { force: true });
  const { exitCode, errors } = stack.ask("init", "-reconfigure", "-input=false", "-no-color");
  if (exitCode === 0) return true;
  if (/S3 bucket .* does not exist|NoSuchBucket/.test(errors)) return false;
  throw new CommandError(`terraform init failed:\n${errors.trim()}\n`, "mend it and run the same command again");
}

interface StateIdentity {
  readonly lineage: string;
  readonly serial: number;
}

/** The state in the bucket, if the stack has one there. */
function pulledState(stack: StackFolder): StateIdentity | undefined {
  const { exitCode, output, errors } = stack.ask("state", "pull");
  if (exitCode !== 0)
    throw new CommandError(
      `terraform state pull failed:\n${errors.trim()}\n`,
      "mend it and run the same command again",
    );
  // Terraform answers an empty state, with a new lineage, where there is none.
  const state =
    output.trim() === "" ? undefined : (JSON.parse(output) as StateIdentity & { readonly resources?: object[] });
  if (state?.resources?.length) return state;
  if (existsSync(localState(stack.stack))) return undefined;
  throw new CommandError(
    `s3://${stack.backend.bucket} is there, and holds no state of "${stack.stack}"`,
    "a bootstrap on another machine was interrupted: go on there, or bring its .bootstrap folder here",
  );
}

/** Whether what is in the bucket is the local state or a later one: then the move was done, and only the local copy stayed. */
function hasArrived(local: StateIdentity, inBucket: StateIdentity): boolean {
  if (local.lineage === inBucket.lineage) return inBucket.serial >= local.serial;
  throw new CommandError(
    "the bucket holds another state of this stack than the local one",
    "find out which one is true, and delete .bootstrap if it is the one in the bucket",
  );
}

/** Takes a local state away, with the copy that Terraform keeps of it. */
export function forget(state: string): void {
  rmSync(state, { force: true });
  rmSync(`${state}.backup`, { force: true });
}

async function applyLocally(stack: StackFolder, state: string, approve: string[]): Promise<void> {
  mkdirSync(dirname(state), { recursive: true });
  const local = stack.override("bootstrap", { terraform: { backend: { local: { path: state } } } });
  try {
    await stack.terraform("init", "-reconfigure", "-input=false");
    await finishInPlace(stack);
    await adoptServiceLinkedRoles(stack);
    await stack.terraform("apply", ...approve);
  } finally {
    local.remove();
  }
}

/** The local state goes only when the bucket holds one. */
function checkMoved(stack: StackFolder): void {
  const { exitCode, output, errors } = stack.ask("state", "list");
  if (exitCode === 0 && output.trim() !== "") return;
  throw new CommandError(
    `the state did not arrive in the bucket:\n${errors}`,
    "the local copy is kept; run the same command again",
  );
}
