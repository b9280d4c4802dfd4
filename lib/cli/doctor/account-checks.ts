import type { Aws, AwsAnswer } from "./aws";
import { type Check, type Finding, fail, ok } from "./check";
import type { Identities } from "./identities";
import type { AssumedRole, Stack } from "./stack";

const CREDENTIALS = "credentials";
const DEPLOY_ROLE = "deploy role";
const STATE_ROLE = "state role";

/** The checks without which nothing can be asked as the stack's provider. */
export function deployNeeds({ target }: Stack): readonly string[] {
  return [target?.role ? DEPLOY_ROLE : CREDENTIALS];
}

/** The checks without which nothing can be asked as the stack's backend. */
export function stateNeeds({ backend }: Stack): readonly string[] {
  return [backend?.role ? STATE_ROLE : CREDENTIALS];
}

/** Who is logged in, and whether the stack's roles can be had from there. */
export function accountChecks(stack: Stack, { caller, deploy, state }: Identities): Check[] {
  const { target, backend, usesAws } = stack;
  if (!usesAws) return [];
  const accounts = target?.accountIds ?? [];
  const needs = [CREDENTIALS];
  const checks: Check[] = [
    {
      name: CREDENTIALS,
      needs: ["AWS CLI"],
      run: () => checkCredentials(caller, accounts, target?.role !== undefined),
    },
  ];
  const role = target?.role;
  if (role) checks.push({ name: DEPLOY_ROLE, needs, run: () => checkRole(role, caller, deploy, accounts) });
  const stateRole = backend?.role;
  if (stateRole) checks.push({ name: STATE_ROLE, needs, run: () => checkRole(stateRole, caller, state, []) });
  return checks;
}

interface Caller {
  readonly Arn: string;
  readonly Account: string;
}

function whoIs(aws: Aws): Promise<AwsAnswer<Caller>> {
  return aws.json<Caller>("sts", "get-caller-identity");
}

/** A role may lead from any account into the stack's own; without one, the caller must be there already. */
async function checkCredentials(caller: Aws, accounts: readonly string[], hasRole: boolean): Promise<Finding> {
  const { answer, problem } = await whoIs(caller);
  if (problem) return fail(`do not work: ${problem.says}`, problem.fix);
  const { Arn, Account } = answer;
  if (hasRole || isAccepted(Account, accounts)) return ok(`are those of ${Arn}`);
  return fail(
    `are those of ${Arn}, and the stack is for account ${accounts.join(", ")}`,
    "log in to that account, or set AWS_PROFILE",
  );
}

async function checkRole(
  { roleArn }: AssumedRole,
  caller: Aws,
  assume: () => Promise<AwsAnswer<Aws>>,
  accounts: readonly string[],
): Promise<Finding> {
  const assumed = await assume();
  if (assumed.problem) {
    const { answer } = await whoIs(caller);
    const { kind, says, fix } = assumed.problem;
    const denied = `let its trust policy and your own policies allow it, or log in to account ${accountOf(roleArn)}`;
    return fail(`${roleArn} cannot be assumed by ${answer?.Arn}: ${says}`, kind === "denied" ? denied : fix);
  }
  const { answer, problem } = await whoIs(assumed.answer);
  if (problem) return fail(`${roleArn} can be assumed, and then does not work: ${problem.says}`, problem.fix);
  if (isAccepted(answer.Account, accounts)) return ok(`${roleArn} can be assumed`);
  return fail(
    `${roleArn} leads to account ${answer.Account}, and the stack is for ${accounts.join(", ")}`,
    "mend account.accountId or account.deployRoleArn of the environment",
  );
}

function isAccepted(account: string, accounts: readonly string[]): boolean {
  return accounts.length === 0 || accounts.includes(account);
}

/** `arn:<partition>:iam::<account>:role/<name>` */
function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
