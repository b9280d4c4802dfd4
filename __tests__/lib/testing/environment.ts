import { UPDATE_VARIABLE } from "../../../lib/testing/recorded-file";

const VARIABLES = ["CI", UPDATE_VARIABLE] as const;

/** Lets each test of a file begin without the variables that say how a run is meant, and gives them back. */
export function cleanEnvironment(): void {
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  beforeEach(() => setEnvironment({}));
  afterAll(() => setEnvironment(Object.fromEntries(before)));
}

/** Sets these variables and no other of them. */
export function setEnvironment(values: Readonly<Partial<Record<(typeof VARIABLES)[number], string>>>): void {
  for (const name of VARIABLES) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
