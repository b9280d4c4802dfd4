import { CONTRACT_VERSION, contractParameters } from "../../platform/contract";
import { majorOf } from "../../platform/contract-rules";
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

/** What a contract says; undefined if the text is no JSON object. */
export function factsOf(text: string): Facts | undefined {
  try {
    const facts: unknown = JSON.parse(text);
    return isObject(facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

/** Major version that this package reads. */
const MAJOR = majorOf(CONTRACT_VERSION);

/** What every contract of that version has, and no later one of it leaves out; `lib/platform/contract-schema.ts` says the rest. */
export const REQUIRED = {
  text: ["contractVersion", "writtenBy", "environment", "team", "stage", "removal"],
  object: ["account", "cluster", "network", "namespaces", "identity", "tags", "parameters"],
} as const;

/**
 * Whether the text is what it was looked for as, and can be read here: what anybody wrote under that name is not handed on unseen, and takes no
 * good file's place.
 *
 * @throws {CommandError} if it is not
 */
export function checkedContract(found: FoundContract): FoundContract {
  const { environment, team, text, source } = found;
  const facts = factsOf(text);
  const name = `${contractParameters(environment, team).contract} in ${source}`;
  const ask = "ask whoever deploys the platform";
  if (facts?.environment !== environment || facts.team !== team) {
    throw new CommandError(`${name} is no contract of team "${team}" for environment "${environment}"`, ask);
  }
  const [, major] = /^(\d{1,4})\.\d{1,4}$/.exec(String(facts.contractVersion)) ?? [];
  if (major !== undefined && major !== MAJOR) {
    const fix =
      Number(major) > Number(MAJOR) ? "update cdktf-eks-platform here" : `the platform must be updated: ${ask}`;
    throw new CommandError(`${name} has version ${facts.contractVersion}, and ${MAJOR}.x is read here`, fix);
  }
  const missing = [
    ...REQUIRED.text.filter((key) => typeof facts[key] !== "string" || (key === "contractVersion" && !major)),
    ...REQUIRED.object.filter((key) => !isObject(facts[key])),
  ];
  if (missing.length === 0) return found;
  throw new CommandError(`${name} is no whole contract, it lacks ${missing.join(", ")}`, ask);
}

function isObject(value: unknown): value is Facts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
