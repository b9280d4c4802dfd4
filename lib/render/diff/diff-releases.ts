import { isMap } from "../objects/is-map";
import type { ReleaseChange, ReleaseState } from "./environment-diff";
import { inOrder, type Mark } from "./marks";
import { namedPath, type Segment } from "./named-path";
import { compareText, isAbsent, isSame, keysOf, own } from "./plain-data";

/**
 * What differs between the Helm releases of two synthesised outputs. A release that is gone and one that is new with the same chart are
 * taken for one that was renamed or moved: Helm can do neither, so it is uninstalled and installed anew.
 */
export function diffReleases(base: readonly ReleaseState[], head: readonly ReleaseState[]): ReleaseChange[] {
  const before = new Map(base.map((release) => [release.source, release]));
  const after = new Map(head.map((release) => [release.source, release]));
  const gone = bySource(base.filter(({ source }) => !after.has(source)));
  const fresh = bySource(head.filter(({ source }) => !before.has(source)));
  const again = reinstalled(gone, fresh);
  const changes = [
    ...head.flatMap((release) => changeOf(before.get(release.source), release)),
    ...again.map(([from, to]) => reinstall(from, to)),
    ...gone
      .filter((release) => !again.some(([from]) => from === release))
      .map(({ source }) => single("removed", source)),
    ...fresh.filter((release) => !again.some(([, to]) => to === release)).map(({ source }) => single("added", source)),
  ];
  return changes.sort((one, other) => compareText(one.release, other.release));
}

function single(change: "added" | "removed", release: string): ReleaseChange {
  return { change, release, marks: [{ mark: `release-${change}` }], values: [] };
}

function changeOf(base: ReleaseState | undefined, head: ReleaseState): ReleaseChange[] {
  if (!base) return [];
  const marks = chartMarks(base, head);
  const values = changedValues(base.values, head.values);
  return marks.length + values.length > 0 ? [{ change: "changed", release: head.source, marks, values }] : [];
}

function reinstall(base: ReleaseState, head: ReleaseState): ReleaseChange {
  const marks: Mark[] = [{ mark: "reinstall", from: base.source, to: head.source }, ...chartMarks(base, head)];
  const values = changedValues(base.values, head.values);
  return { change: "reinstalled", release: head.source, was: base.source, marks: inOrder(marks), values };
}

function chartMarks(base: ReleaseState, head: ReleaseState): Mark[] {
  const version = {
    ...(base.version === undefined ? {} : { from: base.version }),
    ...(head.version === undefined ? {} : { to: head.version }),
  };
  return [
    ...(base.chart === head.chart ? [] : [{ mark: "chart", from: base.chart, to: head.chart } as const]),
    ...(base.version === head.version ? [] : [{ mark: "chart-version", ...version } as const]),
  ];
}

/** Pairs of the same chart, the nearest first: the same name in another namespace, another name in the same namespace, neither. */
function reinstalled(gone: readonly ReleaseState[], fresh: readonly ReleaseState[]): [ReleaseState, ReleaseState][] {
  const pairs: [ReleaseState, ReleaseState][] = [];
  const isFree = (release: ReleaseState) => !pairs.flat().includes(release);
  const nearness = [sameName, sameNamespace, () => true];
  for (const isNear of nearness) {
    for (const from of gone) {
      const to = fresh.find((release) => release.chart === from.chart && isFree(release) && isNear(from, release));
      if (to && isFree(from)) pairs.push([from, to]);
    }
  }
  return pairs;
}

function sameName(one: ReleaseState, other: ReleaseState): boolean {
  return one.source.split("/")[1] === other.source.split("/")[1];
}

function sameNamespace(one: ReleaseState, other: ReleaseState): boolean {
  return one.source.split("/")[0] === other.source.split("/")[0];
}

function bySource(releases: readonly ReleaseState[]): ReleaseState[] {
  return [...releases].sort((one, other) => compareText(one.source, other.source));
}

/** Paths of single values that differ; lists are one value. */
function changedValues(base: unknown, head: unknown, segments: readonly Segment[] = []): string[] {
  if (isSame(base, head) || (isAbsent(base) && isAbsent(head))) return [];
  if (!isMap(base ?? {}) || !isMap(head ?? {}) || (segments.length > 0 && isAbsent(base) !== isAbsent(head))) {
    return [namedPath(segments)];
  }
  const [before, after] = [isMap(base) ? base : {}, isMap(head) ? head : {}];
  return keysOf(before, after)
    .sort(compareText)
    .flatMap((key) => changedValues(own(before, key), own(after, key), [...segments, key]));
}
