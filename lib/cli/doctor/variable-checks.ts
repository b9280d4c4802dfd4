import { type Check, type Finding, fail, ok } from "./check";
import type { Stack } from "./stack";
import type { StackVariable } from "./stack-needs";

/**
 * Whether every value that the stack does not have is given. Files with values do not count: what is ephemeral belongs on no disk. No value
 * is shown, nor how long it is.
 */
export function variableChecks({ variables }: Stack, env: NodeJS.ProcessEnv): Check[] {
  return variables.map((variable) => {
    const name = `TF_VAR_${variable.name}`;
    return { name, run: () => checkVariable(name, variable, env[name]) };
  });
}

function checkVariable(name: string, { neededBy }: StackVariable, value: string | undefined): Finding {
  if (value?.trim()) return ok("is set");
  const needs = neededBy.length > 0 ? `: ${neededBy.join(", ")} ${neededBy.length > 1 ? "need" : "needs"} it` : "";
  return fail(`is ${value === undefined ? "not set" : "empty"}${needs}`, `export ${name}=...`);
}
