import { installedObjects, type ReleaseOutcome } from "../helm/render-releases";
import { type KubernetesObject, objectIdentity, type SourcedObject } from "./kubernetes-object";
import { namespacedRule } from "./object-scope";

/** Everything that comes into a cluster, sorted. What a chart leaves open, Helm puts into the release's namespace. */
export function placeObjects(platform: readonly SourcedObject[], outcomes: readonly ReleaseOutcome[]): SourcedObject[] {
  const installed = outcomes.map((outcome) => ({ release: outcome.release, objects: installedObjects(outcome) }));
  const isNamespaced = namespacedRule(installed.flatMap(({ objects }) => objects));
  const placed = installed.flatMap(({ release: { source, namespace }, objects }) =>
    objects.map((object) => (isNamespaced(object) ? inNamespace(object, source, namespace) : { source, object })),
  );
  return [...platform, ...placed]
    .map((sourced) => ({ sourced, key: `${sourced.namespace ?? ""} ${objectIdentity(sourced)} ${sourced.source}` }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ sourced }) => sourced);
}

function inNamespace(object: KubernetesObject, source: string, own: string): SourcedObject {
  const namespace = object.metadata.namespace || own;
  return { source, namespace, object: { ...object, metadata: { ...object.metadata, namespace } } };
}
