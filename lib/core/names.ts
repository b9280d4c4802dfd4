import { createHash } from "node:crypto";

const HASH_LENGTH = 8;

/**
 * Joins parts to a physical name, and cuts it to the service's limit. A name that had to be cut ends in a hash of the
 * whole, so that two long names that begin alike stay different and the same input always gives the same name.
 */
export function physicalName(parts: readonly string[], maxLength: number): string {
  const name = parts.join("-");
  if (name.length <= maxLength) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1).replace(/[^a-zA-Z0-9]+$/, "")}-${hash}`;
}
