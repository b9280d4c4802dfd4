import { nearest } from "../../core/nearest";

/** Every key of a type, so that none can be forgotten. */
export type KeysOf<T> = Readonly<Record<keyof T, true>>;

/**
 * Makes sure that an object says nothing that nobody reads: a misspelt key would not count, and what it should have asked would be left open.
 *
 * @throws {Error} with the first key that is not known
 */
export function assertKnownKeys(owner: string, given: object, keys: Readonly<Record<string, true>>): void {
  const known = Object.keys(keys);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw new Error(
    `'${owner}.${unknown}' is not known${meant ? `, did you mean '${meant}'?` : ";"} there are: ${known.join(", ")}`,
  );
}
