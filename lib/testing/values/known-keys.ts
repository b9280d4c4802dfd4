import { nearest } from "../../core/nearest";

/**
 * Makes sure that an object says nothing that nobody reads: a misspelt key would not count, and what it should have asked would be left open.
 *
 * @throws {Error} with the first key that is not known
 */
export function assertKnownKeys(owner: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw new Error(
    `'${owner}.${unknown}' is not known${meant ? `, did you mean '${meant}'?` : ";"} there are: ${known.join(", ")}`,
  );
}
