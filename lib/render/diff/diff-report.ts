import type { Ask } from "./asks";
import type { EnvironmentDiff } from "./environment-diff";

/** A difference with what it is about and what it asks for: what the formats show. */
export interface DiffReport extends EnvironmentDiff {
  readonly environment: string;
  /** The environment is only in one of the two outputs. */
  readonly environmentChange?: "added" | "removed";
  readonly asks: readonly Ask[];
}

const CHANGES = ["reinstalled", "changed", "added", "removed"] as const;

/** For example `1 changed, 1 added; releases: 1 changed`. */
export function summary({ environmentChange, objects, releases }: DiffReport): string {
  const parts = [
    ...(environmentChange ? [`the environment is ${environmentChange}`] : []),
    ...(objects.length > 0 ? [counts(objects)] : []),
    ...(releases.length > 0 ? [`releases: ${counts(releases)}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : "no difference";
}

/** How many changes there are of each kind; kinds without any are left out. */
function counts(changes: readonly { readonly change: (typeof CHANGES)[number] }[]): string {
  return CHANGES.map((kind) => [changes.filter(({ change }) => change === kind).length, kind] as const)
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`)
    .join(", ");
}

/** Stands below every difference of objects: no mark does not mean that a field can be changed. */
export const IMMUTABLE_NOTE = "Immutable fields are marked from a list of known ones; there are others.";
