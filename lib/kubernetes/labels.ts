import type { Faults } from "../core/faults";

/** On everything that Terraform makes in a cluster. */
export const MANAGED_LABELS = { "managed-by": "terraform" } as const;

const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const PREFIX_MAX_LENGTH = 253;

/**
 * Adds what is wrong with labels, or with labels that select something.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkLabels(faults: Faults, property: string, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    faults
      .check(
        isKey(key),
        property,
        "must have label keys of the form [prefix/]name, the name at most 63 characters",
        key,
      )
      .literal(`${property}.${key}`, value)
      .matches(
        `${property}.${key}`,
        value,
        /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
        "must be letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit",
      );
  }
}

function isKey(key: string): boolean {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  const hasPrefix = prefix === undefined || (PREFIX.test(prefix) && prefix.length <= PREFIX_MAX_LENGTH);
  return rest.length === 0 && NAME.test(name) && hasPrefix;
}
