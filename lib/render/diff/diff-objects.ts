import type { SourcedObject } from "../objects/kubernetes-object";
import { diffFields } from "./diff-fields";
import type { ObjectChange } from "./environment-diff";
import { objectMarks, type Renderings } from "./object-marks";
import { type ObjectPair, objectPairs } from "./object-pairs";
import { compareText } from "./plain-data";

/**
 * What differs between two renderings, object by object. An object is the same if its kind, namespace and name are; one that comes from
 * another release now is a change of that object. The order of the objects does not matter.
 */
export function diffObjects(base: readonly SourcedObject[], head: readonly SourcedObject[]): ObjectChange[] {
  return objectPairs(base, head)
    .flatMap((pair) => changeOf(pair, { base, head }))
    .sort((one, other) => compareText(one.source, other.source) || compareText(one.object, other.object));
}

function changeOf(pair: ObjectPair, all: Renderings): ObjectChange[] {
  const { identity, base, head } = pair;
  const source = (head ?? base)?.source ?? "";
  const fields = base && head ? diffFields(base.object, head.object) : [];
  if (base && head && fields.length === 0 && base.source === head.source) return [];
  const change = base && head ? "changed" : head ? "added" : "removed";
  return [{ change, object: identity, source, marks: objectMarks(pair, all), fields }];
}
