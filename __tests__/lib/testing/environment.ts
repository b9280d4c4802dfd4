import { CI_VARIABLES } from "../../../lib/testing/recording/ci";
import { UPDATE_VARIABLE } from "../../../lib/testing/recording/recorded-file";

const VARIABLES = [...CI_VARIABLES, UPDATE_VARIABLE];

/** Lets each test of a file begin without the variables that say how a run is meant, and gives them back. */
export function cleanEnvironment(): void {
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  beforeEach(() => setEnvironment({}));
  afterAll(() => setEnvironment(Object.fromEntries(before)));
}

/** Sets these variables and no other of them. */
export function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const name of VARIABLES) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
