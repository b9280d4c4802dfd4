import { CommandError } from "./command-error";
import { accountChecks } from "./doctor/account-checks";
import { type AskTool, askWithin } from "./doctor/ask-tool";
import { backendChecks } from "./doctor/backend-checks";
import { type Check, type CheckResult, fail, runChecks } from "./doctor/check";
import { clusterChecks } from "./doctor/cluster-checks";
import { identitiesOf } from "./doctor/identities";
import { outputChecks } from "./doctor/output-checks";
import { readStack, stacksIn } from "./doctor/stack";
import { TERRAFORM_BINARY_VARIABLE } from "./doctor/terraform";
import { toolChecks } from "./doctor/tool-checks";

export interface DoctorOptions {
  readonly out: string;
  readonly json: boolean;
  /** How long one question may take. Unit: seconds. */
  readonly timeout: number;
}

/** Says what is missing before a deploy, one line each. Without an environment it looks at the tools only. Changes nothing. */
export async function doctor(environment: string | undefined, { out, json, timeout }: DoctorOptions): Promise<void> {
  const ask = askWithin(timeout, process.env);
  const checks = [...toolChecks(ask, process.env), ...(environment ? environmentChecks(environment, out, ask) : [])];
  const running = runChecks(checks);
  const results: CheckResult[] = [];
  for (const result of running) {
    results.push(await result);
    if (!json) console.log(line(await result));
  }
  if (json) console.log(JSON.stringify({ environment, checks: results }, undefined, 2));
  if (results.some(({ status }) => status === "fail")) process.exitCode = 1;
}

function environmentChecks(name: string, out: string, ask: AskTool): Check[] {
  const stack = readStack(out, name);
  if (!stack) return [{ name: `stack ${name}`, run: () => fail(`is not in ${out}`, howToGet(out)) }];
  const identities = identitiesOf(stack, ask, process.env);
  return [
    ...outputChecks(stack, process.cwd()),
    ...accountChecks(stack, identities),
    ...backendChecks(stack, identities, process.env[TERRAFORM_BINARY_VARIABLE] || "terraform"),
    ...clusterChecks(stack, identities, ask),
  ];
}

function howToGet(out: string): string {
  const known = stacksIn(out);
  return known.length > 0 ? `it has ${known.join(", ")}; or run: npx cdktf synth` : "run: npx cdktf synth";
}

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL", skip: "skip" };

function line({ name, status, detail, fix }: CheckResult): string {
  return `${MARKS[status]} ${name} ${detail}${fix ? `; ${fix}` : ""}`;
}

/** Reads the value of `--timeout`. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new CommandError(`--timeout must be from 1 to 600 seconds, got "${text}"`, "leave it out for 20");
}
