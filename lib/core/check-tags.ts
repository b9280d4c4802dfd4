import type { Faults } from "./faults";
import type { TagMap } from "./tags";

/**
 * Adds what is wrong with tags that somebody wrote.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
export function checkTags(faults: Faults, tags: TagMap, property: (name: string) => string): void {
  for (const [key, value] of Object.entries(tags)) {
    const name = property(key);
    const own = key === "Environment" || key === "ManagedBy";
    faults
      .check(!own, name, "must not be set: the platform sets it", value)
      .check(!key.toLowerCase().startsWith("aws:"), name, "must not begin with aws:", key)
      .matches(
        name,
        value,
        /^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u,
        "must have 1 to 256 letters, digits, spaces and '_.:/=+-@'",
      );
  }
}
