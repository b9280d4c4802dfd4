import { oneLine } from "./aws-problem";
import { type Check, type Finding, fail, ok } from "./check";
import type { Stack } from "./stack";
import type { StackVariable } from "./stack-needs";

/**
 * Whether every value that the stack does not have is given. Files with values do not count: what is ephemeral belongs on no disk. No value
 * is shown, nor how long it is.
 */
export function variableChecks({ variables }: Stack, env: NodeJS.ProcessEnv): Check[] {
  const given = variables.map((variable) => {
    const name = `TF_VAR_${variable.name}`;
    return { name, run: () => checkVariable(name, variable, env[name]) };
  });
  const logs = LOGS.filter((name) => variables.length > 0 && env[name]);
  return [...given, ...logs.map((name) => ({ name, run: () => checkLog(name, env[name]) }))];
}

/** What says how much Terraform and its providers log: https://developer.hashicorp.com/terraform/internals/debugging */
const LOGS = ["TF_LOG", "TF_LOG_PROVIDER"];

/**
 * At the other levels the Kubernetes provider logs what it sends, the values of Secrets with it. What is no level at all, as "1" or "WARN ",
 * is TRACE to Terraform.
 */
const QUIET = ["INFO", "WARN", "ERROR", "OFF"];

function checkLog(name: string, level = ""): Finding {
  if (QUIET.includes(level)) return ok(`is ${level}`);
  const shown = oneLine(JSON.stringify(level));
  return fail(`is ${shown}: the provider would log the values of Secrets`, `unset ${name}, or set it to INFO`);
}

function checkVariable(name: string, { neededBy }: StackVariable, value: string | undefined): Finding {
  if (value?.trim()) return ok("is set");
  const needs = neededBy.length > 0 ? `: ${neededBy.join(", ")} ${neededBy.length > 1 ? "need" : "needs"} it` : "";
  return fail(`is ${value === undefined ? "not set" : "empty"}${needs}`, `export ${name}=...`);
}
