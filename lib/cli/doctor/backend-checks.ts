import { stateNeeds } from "./account-checks";
import { type Aws, type AwsAnswer, at } from "./aws";
import { type Check, type Finding, fail, ok, skip, warn } from "./check";
import type { Identities } from "./identities";
import type { Backend, OtherState, Stack } from "./stack";
import { checkLock } from "./state-lock";

const BUCKET = "state bucket";
const TABLE = "lock table";
const MAKE_STORE = "run: npx eks-platform bootstrap";

/** Whether the stack's state can be reached, is kept safe, and is free. */
export function backendChecks(stack: Stack, { state }: Identities, terraform: string): Check[] {
  const { backend, otherState } = stack;
  if (otherState) return [{ name: "state", run: () => checkOtherState(otherState) }];
  if (!backend) return [];
  const { bucket, keyId, lockTable } = backend;
  const asked = (name: string, needs: readonly string[], ask: (aws: Aws) => Promise<Finding>): Check => ({
    name,
    needs,
    run: async () => withIdentity(await state(), ask),
  });
  return [
    asked(BUCKET, stateNeeds(stack), (aws) => checkBucket(aws, backend, stack.buckets.includes(bucket))),
    asked("state versions", [BUCKET], (aws) => checkVersioning(aws, backend)),
    ...(keyId ? [asked("state key", [BUCKET], (aws) => checkKey(aws, keyId))] : []),
    ...(lockTable ? [asked(TABLE, [BUCKET], (aws) => checkTable(aws, backend, lockTable))] : []),
    asked("state lock", [BUCKET], (aws) => checkLock(aws, backend, { folder: stack.folder, terraform })),
  ];
}

function checkOtherState({ type, path }: OtherState): Finding {
  if (path !== undefined) return warn(`lies in ${path}: not shared, not locked between machines`);
  return skip(`lies in a backend "${type}", which is not looked at`);
}

async function withIdentity(who: AwsAnswer<Aws>, ask: (aws: Aws) => Promise<Finding>): Promise<Finding> {
  return who.problem ? fail(`cannot be asked for: ${who.problem.says}`, who.problem.fix) : ask(who.answer);
}

async function checkBucket(aws: Aws, { bucket, region, endpoints }: Backend, makesIt: boolean): Promise<Finding> {
  const { problem } = await aws.text("s3api", "head-bucket", "--bucket", bucket, ...at(endpoints.s3));
  if (!problem) return ok(`${bucket} answers`);
  if (problem.kind === "absent" && makesIt) return skip(`${bucket} is not there yet: this stack makes it`);
  if (problem.kind === "absent") return fail(`${bucket} is not there, in ${region}`, MAKE_STORE);
  if (problem.kind === "denied")
    return fail(
      `${bucket} is closed to this login`,
      "ask for s3:ListBucket on it, or log in to the account that holds it",
    );
  return fail(`${bucket} cannot be looked at: ${problem.says}`, problem.fix);
}

async function checkVersioning(aws: Aws, { bucket, endpoints }: Backend): Promise<Finding> {
  const args = ["s3api", "get-bucket-versioning", "--bucket", bucket, ...at(endpoints.s3)];
  const { answer, problem } = await aws.json<{ readonly Status?: string }>(...args);
  if (problem) return unknown(problem.kind, problem.says, "s3:GetBucketVersioning");
  if (answer.Status === "Enabled") return ok("are kept");
  return warn("are not kept: a state that is overwritten is lost", `turn versioning on: ${MAKE_STORE}`);
}

async function checkKey(aws: Aws, keyId: string): Promise<Finding> {
  const args = ["kms", "describe-key", "--key-id", keyId];
  const { answer, problem } = await aws.json<{ readonly KeyMetadata: { readonly KeyState: string } }>(...args);
  if (problem?.kind === "absent") return fail(`${keyId} is not there`, MAKE_STORE);
  if (problem) return unknown(problem.kind, problem.says, "kms:DescribeKey");
  const { KeyState } = answer.KeyMetadata;
  if (KeyState === "Enabled") return ok("is enabled");
  const rescue = KeyState === "PendingDeletion" ? "aws kms cancel-key-deletion, then " : "";
  return fail(
    `${keyId} is ${KeyState}: the state cannot be read`,
    `${rescue}aws kms enable-key, with the id of the key`,
  );
}

interface Table {
  readonly TableStatus: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

async function checkTable(aws: Aws, { region, endpoints }: Backend, name: string): Promise<Finding> {
  const args = ["dynamodb", "describe-table", "--table-name", name, ...at(endpoints.dynamodb)];
  const { answer, problem } = await aws.json<{ readonly Table: Table }>(...args);
  if (problem?.kind === "absent") return fail(`${name} is not there, in ${region}`, MAKE_STORE);
  if (problem) return unknown(problem.kind, problem.says, "dynamodb:DescribeTable");
  const { TableStatus, KeySchema } = answer.Table;
  const keys = KeySchema.map(({ AttributeName }) => AttributeName).join(", ");
  if (keys !== "LockID") return fail(`${name} has the key ${keys}, not LockID`, "name the table that bootstrap made");
  if (TableStatus === "DELETING") return fail(`${name} is being deleted`, MAKE_STORE);
  return ok(`${name} is ${TableStatus}`);
}

/** What a login may use without being allowed to look at it is no fault. */
function unknown(kind: string, says: string, permission: string): Finding {
  return kind === "denied" ? skip(`cannot be looked at without ${permission}`) : warn(`cannot be looked at: ${says}`);
}
