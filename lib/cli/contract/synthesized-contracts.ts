import { existsSync } from "node:fs";
import { join } from "node:path";
import { contractParameters } from "../../platform/contract";
import { type Body, readStack } from "../../render/stack/stack-file";
import { readSynthJson } from "../../render/stack/synth-json";
import { terraformText } from "../../render/stack/terraform-text";
import { CommandError } from "../command-error";
import { stacksIn } from "../doctor/stack";
import { checkedContract, type FoundContract } from "./contract-text";

/**
 * The contract of a team in what synth wrote; without a team that of the only one which has one.
 *
 * @throws {CommandError} if there is none, or if it is not clear which one is meant
 */
export function synthesizedContract(out: string, environment: string, team: string | undefined): FoundContract {
  const values = contractsOf(out, environment);
  const teams = [...values.keys()].sort();
  const [first] = teams;
  if (first === undefined) {
    throw new CommandError(
      `environment "${environment}" has no contract in ${out}`,
      "give a team of its record a 'contract' and run: npx cdktf synth",
    );
  }
  if (team === undefined && teams.length > 1) {
    throw new CommandError(
      `environment "${environment}" has ${teams.length} contracts`,
      `give one with --team: ${teams.join(", ")}`,
    );
  }
  const chosen = team ?? first;
  const value = values.get(chosen);
  if (value === undefined) {
    const problem = `team "${chosen}" has no contract for environment "${environment}" in ${out}`;
    throw new CommandError(problem, `teams with one: ${teams.join(", ")}`);
  }
  const { text, unknown } = terraformText(value, {});
  if (unknown.length > 0) {
    const name = contractParameters(environment, chosen).contract;
    throw new CommandError(`${name} in ${out} is known only after a deploy: ${unknown[0]}`, "read it with --ssm");
  }
  return checkedContract({ environment, team: chosen, text, source: out });
}

/** The parameters' values as the stack has them, by team. */
function contractsOf(out: string, environment: string): Map<string, string> {
  const stacks = stackNames(out);
  if (stacks.length === 0) throw new CommandError(`there is no output of cdktf in ${out}`, "run: npx cdktf synth");
  if (!stacks.includes(environment)) {
    throw new CommandError(
      `there is no environment "${environment}" in ${out}`,
      `it has ${stacks.join(", ")}; or run: npx cdktf synth`,
    );
  }
  const parameters: Readonly<Record<string, Body>> = readStack(out, environment).resources.aws_ssm_parameter ?? {};
  const values = new Map<string, string>();
  for (const { name, insecure_value: value } of Object.values(parameters)) {
    const [, owner, team] = /^\/eks-platform\/([^/]+)\/([^/]+)\/contract$/.exec(String(name)) ?? [];
    if (owner === environment && team !== undefined && typeof value === "string") values.set(team, value);
  }
  return values;
}

/** Folders of stacks that are gone may still lie there: the manifest, which synth writes last, knows better. */
function stackNames(out: string): string[] {
  const manifest = join(out, "manifest.json");
  if (!existsSync(manifest)) return stacksIn(out);
  const { stacks = {} } = readSynthJson(manifest) as { readonly stacks?: object };
  return Object.keys(stacks).sort();
}
