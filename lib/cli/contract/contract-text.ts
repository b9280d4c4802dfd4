import { CommandError } from "../command-error";

/** A contract as it was found: the bytes count, and so does what they say. */
export interface FoundContract {
  readonly environment: string;
  readonly team: string;
  readonly text: string;
  /** Where it was found, for people. */
  readonly source: string;
}

type Facts = Readonly<Record<string, unknown>>;

/** Where SSM has the contract. `lib/platform/contract.ts` names it the same way for whoever publishes it. */
export function contractParameter(environment: string, team: string): string {
  return `/eks-platform/${environment}/${team}/contract`;
}

/** What a contract says; undefined if the text is no JSON object. */
export function factsOf(text: string): Facts | undefined {
  try {
    const facts: unknown = JSON.parse(text);
    return typeof facts === "object" && facts !== null && !Array.isArray(facts) ? (facts as Facts) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the text is what it was looked for as: what anybody wrote under that name is not handed on unseen.
 *
 * @throws {CommandError} if it is not
 */
export function checkedContract(found: FoundContract): FoundContract {
  const { environment, team, text, source } = found;
  const facts = factsOf(text);
  if (facts?.environment === environment && facts.team === team) return found;
  throw new CommandError(
    `${contractParameter(environment, team)} in ${source} is no contract of team "${team}" for environment "${environment}"`,
    "ask whoever deploys the platform",
  );
}
