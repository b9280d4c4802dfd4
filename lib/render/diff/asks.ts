import type { EnvironmentDiff } from "./environment-diff";
import { MARK_NAMES, type MarkName } from "./marks";

/** What `--fail-on` and `--allow` take: every mark, and the kinds of change. */
export const ASKABLE = [...MARK_NAMES, "added", "removed", "changed"] as const;

export type Askable = MarkName | "added" | "removed" | "changed";

/** Asked for without `--fail-on`: what cannot be taken back, or cannot be done at all. */
export const ALWAYS_ASKED: readonly Askable[] = ["reinstall", "removed-data", "immutable"];

/** Something in a difference that somebody must say yes to. */
export interface Ask {
  readonly what: Askable;
  /** Objects or releases, in the order of the difference. */
  readonly where: readonly string[];
}

/** What needs an explicit yes, and has none. */
export function openAsks(
  { releases, objects }: EnvironmentDiff,
  { failOn = [], allow = [] }: { readonly failOn?: readonly Askable[]; readonly allow?: readonly Askable[] },
): Ask[] {
  const changes = [
    ...releases.map(({ release, marks }) => ({ name: release, marks, change: undefined })),
    ...objects.map(({ object, marks, change }) => ({ name: object, marks, change })),
  ];
  return ASKABLE.filter((what) => [...ALWAYS_ASKED, ...failOn].includes(what) && !allow.includes(what))
    .map((what) => ({
      what,
      where: changes
        .filter(({ marks, change }) => change === what || marks.some(({ mark }) => mark === what))
        .map(({ name }) => name),
    }))
    .filter(({ where }) => where.length > 0);
}
