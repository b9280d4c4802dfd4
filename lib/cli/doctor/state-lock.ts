import { type Aws, type AwsAnswer, at } from "./aws";
import { oneLine } from "./aws-problem";
import { type Finding, fail, ok, warn } from "./check";
import type { Backend } from "./stack";

/** What Terraform writes down when it takes a lock. */
interface LockInfo {
  readonly ID?: string;
  readonly Operation?: string;
  readonly Who?: string;
  readonly Created?: string;
}

export interface Unlocking {
  readonly folder: string;
  readonly terraform: string;
}

/**
 * Looks for a lock where Terraform would take one: the object beside the state, and the item of the lock table.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export async function checkLock(aws: Aws, backend: Backend, unlocking: Unlocking): Promise<Finding> {
  const places = [
    ...(backend.lockFile ? [lockFile(aws, backend)] : []),
    ...(backend.lockTable ? [lockItem(aws, backend, backend.lockTable)] : []),
  ];
  const found = await Promise.all(places);
  const locks = found.flatMap(({ answer }) => answer ?? []);
  const [lock] = locks;
  const problem = found.find((place) => place.problem)?.problem;
  if (lock) return held(lock, locks.length < places.length && !problem, unlocking);
  if (problem) return warn(`cannot be looked at: ${problem.says}`, problem.fix);
  return places.length > 0 ? ok("is free") : warn("is not used: two runs can meet", "let the backend lock");
}

function held(info: LockInfo, isHalf: boolean, { folder, terraform }: Unlocking): Finding {
  const who = oneLine(info.Who ?? "somebody");
  const since = oneLine(info.Created ?? "an unknown time").replace(/\.\d+/, "");
  const what = oneLine(info.Operation ?? "")
    .replace("OperationType", "")
    .toLowerCase();
  const id = info.ID && /^[\w-]+$/.test(info.ID) ? info.ID : "<id>";
  const unlock = `${terraform} -chdir=${folder} force-unlock ${id}`;
  const half = isHalf ? ", which calls it a failure that the other half of the lock is missing" : "";
  return fail(
    `is held by ${who} since ${since}${what && ` for ${what}`}`,
    `wait until that run ends; only if it is gone for good: ${unlock}${half}`,
  );
}

async function lockFile(aws: Aws, { bucket, key, endpoints }: Backend): Promise<AwsAnswer<LockInfo | undefined>> {
  const { answer, problem } = await aws.text("s3", "cp", `s3://${bucket}/${key}.tflock`, "-", ...at(endpoints.s3));
  if (problem) return problem.kind === "absent" ? { answer: undefined } : { problem };
  return { answer: infoOf(answer) };
}

async function lockItem(
  aws: Aws,
  { bucket, key, endpoints }: Backend,
  table: string,
): Promise<AwsAnswer<LockInfo | undefined>> {
  const { answer, problem } = await aws.json<{ readonly Item?: { readonly Info?: { readonly S?: string } } }>(
    ...["dynamodb", "get-item", "--table-name", table, "--key", JSON.stringify({ LockID: { S: `${bucket}/${key}` } })],
    ...["--consistent-read", ...at(endpoints.dynamodb)],
  );
  if (problem) return { problem };
  return { answer: answer.Item && infoOf(answer.Item.Info?.S ?? "") };
}

/** A lock that somebody else wrote need not be one of Terraform's. */
function infoOf(text: string): LockInfo {
  try {
    const info: unknown = JSON.parse(text);
    return typeof info === "object" && info !== null ? Object.fromEntries(strings(info)) : {};
  } catch {
    return {};
  }
}

function strings(info: object): [string, string][] {
  return Object.entries(info).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}
