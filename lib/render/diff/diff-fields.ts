import { isMap, type PlainMap } from "../objects/is-map";
import { apiGroup, type KubernetesObject } from "../objects/kubernetes-object";
import type { FieldChange } from "./environment-diff";
import { itemsByName } from "./list-items";
import { namedPath, type Segment } from "./named-path";
import { compareText, isAbsent, isSame, keysOf, own } from "./plain-data";

/** A difference whose path is still in parts. */
interface Found extends Omit<FieldChange, "path"> {
  readonly segments: readonly Segment[];
}

/** A single value that differs, deep inside what was added or removed as a whole too. */
export interface Leaf {
  readonly segments: readonly Segment[];
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/**
 * The fields of an object that differ, each at the highest place that was added, removed or changed. A namespace is no field: it is part
 * of the identity, and charts may leave it open. Values of Secrets stay here.
 */
export function diffFields(base: KubernetesObject, head: KubernetesObject): FieldChange[] {
  const found: Found[] = [];
  const secret = isSecret(base) || isSecret(head);
  walk(base, head, [], { secret, deep: false, emit: (change) => found.push(change) });
  return found.map(({ segments, ...rest }) => ({ path: namedPath(segments), ...rest }));
}

/** The single values that differ; one side is left out for an object that was added or removed. None of a Secret. */
export function diffLeaves(base: KubernetesObject | undefined, head: KubernetesObject | undefined): Leaf[] {
  const found: Found[] = [];
  const secret = [base, head].some((object) => object && isSecret(object));
  walk(base, head, [], { secret, deep: true, emit: (change) => found.push(change) });
  return found
    .filter(({ hidden, order }) => !hidden && !order)
    .map(({ segments, from, to }) => ({ segments, path: namedPath(segments), from, to }));
}

interface Walk {
  readonly secret: boolean;
  readonly deep: boolean;
  readonly emit: (change: Found) => void;
}

function walk(base: unknown, head: unknown, segments: readonly Segment[], how: Walk): void {
  if (isNamespace(segments)) return;
  if (isHidden(base, head, segments, how)) {
    if (!isSame(base, head)) how.emit({ segments, hidden: whatHappened(base, head) });
  } else if (isMap(base) && isMap(head)) {
    walkMaps(base, head, segments, how);
  } else if (Array.isArray(base) && Array.isArray(head)) {
    walkLists(base, head, segments, how);
  } else if (isAbsent(base) !== isAbsent(head) && (how.deep || isOpen(segments, how))) {
    walkOneSided(base, head, segments, how);
  } else if (!isSame(base, head)) {
    how.emit({ segments, ...sides(base, head) });
  }
}

function walkMaps(base: PlainMap, head: PlainMap, segments: readonly Segment[], how: Walk): void {
  for (const key of keysOf(base, head).sort(compareText)) walk(own(base, key), own(head, key), [...segments, key], how);
}

function walkLists(base: readonly unknown[], head: readonly unknown[], segments: readonly Segment[], how: Walk): void {
  const named = itemsByName(base, head);
  if (!named) {
    if (!isSame(base, head)) how.emit({ segments, from: base, to: head });
    return;
  }
  const [before, after] = named;
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  for (const item of names) walk(before.get(item), after.get(item), [...segments, { item }], how);
  const stayed = (side: ReadonlyMap<string, unknown>) =>
    [...side.keys()].filter((name) => before.has(name) && after.has(name));
  if (!isSame(stayed(before), stayed(after)))
    how.emit({ segments, from: [...before.keys()], to: [...after.keys()], order: true });
}

function walkOneSided(base: unknown, head: unknown, segments: readonly Segment[], how: Walk): void {
  const there = base ?? head;
  if (isMap(there)) walkMaps(isMap(base) ? base : {}, isMap(head) ? head : {}, segments, how);
  else if (Array.isArray(there) && there.every(isMap)) {
    walkLists(Array.isArray(base) ? base : [], Array.isArray(head) ? head : [], segments, how);
  } else how.emit({ segments, ...sides(base, head) });
}

/** Maps that are shown key by key even where they are new or gone. */
function isOpen(segments: readonly Segment[], { secret }: Walk): boolean {
  const last = segments.at(-1);
  const isMetadata = segments.at(-2) === "metadata" && (last === "annotations" || last === "labels");
  return isMetadata || (secret && isSecretData(segments));
}

function isNamespace(segments: readonly Segment[]): boolean {
  return segments.length === 2 && segments[0] === "metadata" && segments[1] === "namespace";
}

function isSecret(object: KubernetesObject): boolean {
  return object.kind === "Secret" && apiGroup(object) === "";
}

function isSecretData(segments: readonly Segment[]): boolean {
  return segments.length === 1 && (segments[0] === "data" || segments[0] === "stringData");
}

/** Holds a copy of the whole object. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function isHidden(base: unknown, head: unknown, segments: readonly Segment[], { secret }: Walk): boolean {
  if (secret && (isSecretValue(base, head, segments) || segments.at(-1) === LAST_APPLIED)) return true;
  return isChecksum(base, segments) || isChecksum(head, segments);
}

/** One value of the data, or all of it where it is no map. */
function isSecretValue(base: unknown, head: unknown, segments: readonly Segment[]): boolean {
  if (isSecretData(segments)) return [base, head].some((side) => !isAbsent(side) && !isMap(side));
  return segments.length === 2 && isSecretData(segments.slice(0, 1));
}

/** Charts write the hash of a template as an annotation to roll pods. It says nothing to a reader, and the template may be a Secret's. */
function isChecksum(value: unknown, segments: readonly Segment[]): boolean {
  return segments.at(-2) === "annotations" && typeof value === "string" && /^(sha\d+:)?[\da-f]{32,}$/i.test(value);
}

function whatHappened(base: unknown, head: unknown): "added" | "removed" | "changed" {
  if (isAbsent(base)) return "added";
  return isAbsent(head) ? "removed" : "changed";
}

function sides(base: unknown, head: unknown): Pick<FieldChange, "from" | "to"> {
  return { ...(isAbsent(base) ? {} : { from: base }), ...(isAbsent(head) ? {} : { to: head }) };
}
