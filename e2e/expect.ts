/** Ends a step with what was expected and what was found. */
export function expect(holds: boolean, expected: string, found: unknown): void {
  if (holds) return;
  throw new Error(
    `expected ${expected}, found ${typeof found === "string" ? found : JSON.stringify(found, undefined, 2)}`,
  );
}
