import { apiGroup, type SourcedObject } from "../objects/kubernetes-object";
import { PLATFORM } from "../stack/platform-objects";
import { isHook, isKept } from "./helm-annotations";
import type { Mark } from "./marks";

/** What goes with an object of this kind. */
const LOST: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: "the data of its volume, unless the volume's reclaim policy is Retain",
  PersistentVolume: "the way to its data",
  Namespace: "everything in it",
  "apiextensions.k8s.io/CustomResourceDefinition": "every object of its kind, in the whole cluster",
  "apps/StatefulSet": "its pods, and its claims if its persistentVolumeClaimRetentionPolicy says so",
};

/** Marks an object whose removal takes data along. Helm's annotations count only for what Helm has made. */
export function removalMarks({ object, source }: SourcedObject): Mark[] {
  if (source !== PLATFORM && isHook(object)) return [];
  if (source !== PLATFORM && isKept(object)) return [{ mark: "kept" }];
  const lost = LOST[[apiGroup(object), object.kind].filter(Boolean).join("/")];
  return lost ? [{ mark: "removed-data", lost }] : [];
}
