import { isDeepStrictEqual } from "node:util";

/** Ends a step with what was expected and what was found. */
export function expect(holds: boolean, expected: string, found: unknown): void {
  if (holds) return;
  throw new Error(
    `expected ${expected}, found ${typeof found === "string" ? found : JSON.stringify(found, undefined, 2)}`,
  );
}

/** The same for values: both are shown where they differ. */
export function expectSame(found: unknown, expected: unknown, what: string): void {
  expect(
    isDeepStrictEqual(found, expected),
    `${what} to be ${JSON.stringify(expected)}`,
    JSON.stringify(found) ?? "nothing",
  );
}
