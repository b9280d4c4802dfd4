import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command-error";
import { type FoundContract, factsOf } from "./contract/contract-text";
import { factDifferences } from "./contract/fact-differences";
import { ssmContract } from "./contract/ssm-contract";
import { synthesizedContract } from "./contract/synthesized-contracts";
import { writeWhole } from "./contract/write-whole";

export interface ContractOptions {
  readonly team?: string;
  readonly out: string;
  readonly file?: string;
  readonly ssm: boolean;
  readonly region?: string;
  readonly check: boolean;
}

/** What `--help` says below the options. */
export const CONTRACT_HELP = `
In the platform's repository it reads what \`cdktf synth\` wrote, and needs no login. In a repository of a team, --ssm asks
SSM by the AWS CLI, as whoever is logged in. Both give the same bytes.

--check writes nothing. It prints a line for each fact that differs, and ends with 1 if the file is not the same.`;

const STANDARD_OUTPUT = "-";

/** Writes the contract of a team about an environment to a file, or tells how the file differs from it. */
export async function contract(environment: string, options: ContractOptions): Promise<void> {
  checkOptions(environment, options);
  const found = await find(environment, options);
  const file = options.file ?? join("contracts", `${environment}.json`);
  if (options.check) check(found, file);
  else if (file === STANDARD_OUTPUT) process.stdout.write(found.text);
  else write(found, file);
}

/** Names become names of files and of parameters. */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

function checkOptions(environment: string, { team, file, ssm, region, check: isCheck }: ContractOptions): void {
  for (const [what, name] of [
    ["environment", environment],
    ["--team", team],
  ] as const) {
    if (name === undefined || NAME.test(name)) continue;
    throw new CommandError(`${what} must be lower-case letters, digits and '-', got ${JSON.stringify(name)}`);
  }
  if (ssm && team === undefined) throw new CommandError("--team is missing", "with --ssm there is no list of teams");
  if (!ssm && region !== undefined) throw new CommandError("--region is for --ssm", "add --ssm, or leave it out");
  if (isCheck && file === STANDARD_OUTPUT) throw new CommandError("--check compares with a file", "give --file");
}

function find(
  environment: string,
  { team, out, ssm, region }: ContractOptions,
): FoundContract | Promise<FoundContract> {
  return ssm && team !== undefined
    ? ssmContract(environment, team, region)
    : synthesizedContract(out, environment, team);
}

function write({ environment, team, text }: FoundContract, file: string): void {
  const isSame = read(file) === text;
  if (!isSame) writeWhole(file, text);
  console.log(`${file}: contract of ${team} for ${environment}, ${isSame ? "as it was" : "written"}`);
}

function check({ environment, team, text, source }: FoundContract, file: string): void {
  const recorded = read(file);
  const fix = "write it: the same command without --check";
  if (recorded === undefined) throw new CommandError(`${file} is not there`, fix);
  if (recorded === text) {
    console.log(`${file}: contract of ${team} for ${environment}, the same as in ${source}`);
    return;
  }
  const facts = factsOf(recorded);
  if (facts === undefined) throw new CommandError(`${file} is not JSON`, fix);
  const lines = factDifferences(facts, factsOf(text));
  for (const line of lines) console.log(line);
  const differs = lines.length > 0 ? "differs from" : "says the same in other bytes than";
  throw new CommandError(`${file} ${differs} the contract of ${team} for ${environment} in ${source}`, fix);
}

function read(file: string): string | undefined {
  try {
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      "give another file with --file",
    );
  }
}
