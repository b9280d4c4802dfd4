import { CommandError } from "./command-error";
import { accountChecks } from "./doctor/account-checks";
import { askWithin } from "./doctor/ask-tool";
import { backendChecks } from "./doctor/backend-checks";
import { type Check, type CheckResult, fail, runChecks } from "./doctor/check";
import { clusterChecks } from "./doctor/cluster-checks";
import { type Identities, identitiesOf } from "./doctor/identities";
import { kubeconfigChecks } from "./doctor/kubeconfig-checks";
import { loginVariableChecks } from "./doctor/login-variable-checks";
import { outputChecks } from "./doctor/output-checks";
import { registryChecks } from "./doctor/registry-checks";
import { readStack, type Stack, stacksIn } from "./doctor/stack";
import { TERRAFORM_BINARY_VARIABLE } from "./doctor/terraform";
import { toolChecks } from "./doctor/tool-checks";
import { variableChecks } from "./doctor/variable-checks";

export interface DoctorOptions {
  readonly out: string;
  readonly json: boolean;
  /** How long one question may take. Unit: seconds. */
  readonly timeout: number;
}

export interface Examination {
  readonly results: readonly CheckResult[];
  readonly failed: boolean;
  /** Undefined if it is not synthesised. */
  readonly stack?: Stack;
  readonly identities?: Identities;
}

/** Says what is missing before a deploy, one line each. Without an environment it looks at the tools only. Changes nothing. */
export async function doctor(environment: string | undefined, { out, json, timeout }: DoctorOptions): Promise<void> {
  const onResult = (result: CheckResult) => (json ? undefined : console.log(line(result)));
  const { results, failed } = await examine(environment, { out, timeout, onResult });
  if (json) console.log(JSON.stringify({ environment, checks: results }, undefined, 2));
  if (failed) process.exitCode = 1;
}

export interface ExamineOptions extends Pick<DoctorOptions, "out" | "timeout"> {
  /** Called in the order of the checks, as soon as each has an answer. */
  readonly onResult: (result: CheckResult) => void;
}

/** Runs every check that belongs to an environment. */
export async function examine(
  environment: string | undefined,
  { out, timeout, onResult }: ExamineOptions,
): Promise<Examination> {
  const { env } = process;
  const ask = askWithin(timeout, env);
  const stack = environment === undefined ? undefined : readStack(out, environment);
  const identities = stack && identitiesOf(stack, ask, env);
  const checks: Check[] = toolChecks(ask, env, stack);
  if (stack && identities) {
    checks.push(
      ...outputChecks(stack, process.cwd()),
      ...variableChecks(stack, env),
      ...loginVariableChecks(stack, env),
      ...accountChecks(stack, identities),
      ...backendChecks(stack, identities, env[TERRAFORM_BINARY_VARIABLE] || "terraform"),
      ...clusterChecks(stack, identities, ask),
      ...kubeconfigChecks(stack, ask),
      ...registryChecks(stack, identities),
    );
  } else if (environment !== undefined) {
    checks.push({ name: `stack ${environment}`, run: () => fail(`is not in ${out}`, howToGet(out)) });
  }
  const results: CheckResult[] = [];
  for (const running of runChecks(checks)) {
    const result = await running;
    results.push(result);
    onResult(result);
  }
  return { results, failed: results.some(({ status }) => status === "fail"), stack, identities };
}

function howToGet(out: string): string {
  const known = stacksIn(out);
  return known.length > 0 ? `it has ${known.join(", ")}; or run: npx cdktf synth` : "run: npx cdktf synth";
}

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL", skip: "skip" };

/** A result for people. */
export function line({ name, status, detail, fix }: CheckResult): string {
  return `${MARKS[status]} ${name} ${detail}${fix ? `; ${fix}` : ""}`;
}

/** Reads the value of `--timeout`. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new CommandError(`--timeout must be from 1 to 600 seconds, got "${text}"`, "leave it out for 20");
}
