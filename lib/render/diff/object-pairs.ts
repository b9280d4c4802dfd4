import { objectIdentity, type SourcedObject } from "../objects/kubernetes-object";
import { canonical, compareText } from "./plain-data";

/** The same object before and after; one side is left out if it was added or removed. */
export interface ObjectPair {
  readonly identity: string;
  readonly base?: SourcedObject;
  readonly head?: SourcedObject;
}

/** Pairs the objects of two renderings, sorted by identity. Where several share one, those of the same release belong together. */
export function objectPairs(base: readonly SourcedObject[], head: readonly SourcedObject[]): ObjectPair[] {
  const before = byIdentity(base);
  const after = byIdentity(head);
  const identities = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  return identities.flatMap((identity) => pairsOf(identity, before.get(identity) ?? [], after.get(identity) ?? []));
}

function byIdentity(objects: readonly SourcedObject[]): Map<string, SourcedObject[]> {
  const found = new Map<string, SourcedObject[]>();
  for (const object of objects) {
    const identity = objectIdentity(object);
    const others = found.get(identity);
    if (others) others.push(object);
    else found.set(identity, [object]);
  }
  return found;
}

function pairsOf(identity: string, base: readonly SourcedObject[], head: readonly SourcedObject[]): ObjectPair[] {
  const left = sorted(head);
  const take = (fits: (object: SourcedObject) => boolean): SourcedObject | undefined => {
    const place = left.findIndex(fits);
    return place < 0 ? undefined : left.splice(place, 1)[0];
  };
  const sameSource = sorted(base).map((object) => ({
    base: object,
    head: take(({ source }) => source === object.source),
  }));
  const pairs = sameSource.map((pair) => (pair.head ? pair : { ...pair, head: take(() => true) }));
  return [...pairs, ...left.map((object) => ({ head: object }))].map((pair) => ({ identity, ...pair }));
}

function sorted(objects: readonly SourcedObject[]): SourcedObject[] {
  if (objects.length < 2) return [...objects];
  return [...objects].sort(
    (one, other) =>
      compareText(one.source, other.source) || compareText(canonical(one.object), canonical(other.object)),
  );
}
