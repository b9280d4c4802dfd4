import { contractParameters } from "../../platform/contract";
import { CommandError } from "../command-error";
import { askWithin } from "../doctor/ask-tool";
import { awsProblem } from "../doctor/aws-problem";
import { checkedContract, type FoundContract, factsOf } from "./contract-text";

type Environment = Readonly<Record<string, string | undefined>>;

const ANSWER_SECONDS = 60;

/**
 * Asks SSM for the contract, by the AWS CLI and as whoever runs the command.
 *
 * @param region Left out, the AWS CLI's own.
 * @throws {CommandError} if there is no answer, or no contract in it
 */
export async function ssmContract(
  environment: string,
  team: string,
  region: string | undefined,
  env: Environment = process.env,
): Promise<FoundContract> {
  const name = contractParameters(environment, team).contract;
  const ask = askWithin(ANSWER_SECONDS, { ...env, AWS_PAGER: "" });
  const where = region === undefined ? [] : ["--region", region];
  const answer = await ask("aws", ["ssm", "get-parameter", "--name", name, ...where, "--output", "json"]);
  const problem = `${name} cannot be read`;
  if (answer.kind === "missing") {
    throw new CommandError(`${problem}: aws is not installed`, "install it and see that it is on the PATH");
  }
  if (answer.kind === "silent") {
    throw new CommandError(`${problem}: no answer within ${answer.seconds} s`, "check network and proxy");
  }
  const place = region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "the region of the AWS CLI";
  if (answer.exitCode !== 0) throw refusal({ environment, team, place }, problem, answer.errors, env.AWS_PROFILE);
  const { Parameter } = (factsOf(answer.output) ?? {}) as { readonly Parameter?: { readonly Value?: string } };
  return checkedContract({ environment, team, text: Parameter?.Value ?? "", source: `SSM of ${place}` });
}

interface Asked {
  readonly environment: string;
  readonly team: string;
  readonly place: string;
}

function refusal(
  { environment, team, place }: Asked,
  problem: string,
  errors: string,
  profile: string | undefined,
): CommandError {
  if (/\bParameterNotFound\b/.test(errors)) {
    return new CommandError(
      `team "${team}" has no contract for environment "${environment}" in ${place}`,
      "see that account, region and names are right, and that the platform is deployed",
    );
  }
  if (/specify a region/.test(errors)) return new CommandError(`${problem}: no region is known`, "give --region");
  const { kind, says, fix } = awsProblem(errors, profile);
  const role = "see that team and region are right, and log in as the team's deploy role";
  return new CommandError(`${problem}: ${says}`, kind === "denied" ? role : fix);
}
