import { schemaData } from "../checks/kubernetes-schemas";
import type { KubernetesObject } from "../objects/kubernetes-object";

interface CrdSpec {
  readonly group?: string;
  readonly names?: { readonly kind?: string };
  readonly scope?: string;
  readonly versions?: readonly { readonly name?: string; readonly served?: boolean }[];
}

/** What a custom resource definition defines; undefined for other objects. */
export function definedResource(
  object: KubernetesObject,
): { group: string; kind: string; namespaced: boolean } | undefined {
  const { group, names, scope } = crdSpec(object) ?? {};
  return group && names?.kind ? { group, kind: names.kind, namespaced: scope !== "Cluster" } : undefined;
}

/**
 * What an API server serves once these objects are there, as charts ask for it: `<group>/<version>` and `<group>/<version>/<Kind>`.
 * Aggregated APIs count too, without their kinds: only their server knows those.
 */
export function servedApiVersions(objects: readonly KubernetesObject[]): string[] {
  const served = objects.flatMap((object) => {
    const { group, names, versions = [] } = crdSpec(object) ?? {};
    const named = versions.filter((version) => version.served !== false).map(({ name }) => `${group}/${name}`);
    return [...named.flatMap((version) => [version, `${version}/${names?.kind}`]), ...aggregated(object)];
  });
  return [...new Set(served)].sort();
}

/** What Kubernetes itself serves. Helm without a cluster knows no kinds, and not all of the groups. */
export function builtInApiVersions(kubernetesVersion: string): string[] {
  const kinds = Object.keys(schemaData().versions[kubernetesVersion] ?? {}).map((kind) => kind.split(" "));
  return [...new Set(kinds.flatMap(([version = "", kind]) => [version, `${version}/${kind}`]))].sort();
}

function crdSpec(object: KubernetesObject): CrdSpec | undefined {
  return object.kind === "CustomResourceDefinition" ? ((object.spec ?? {}) as CrdSpec) : undefined;
}

function aggregated(object: KubernetesObject): string[] {
  const { group, version } = (object.spec ?? {}) as { readonly group?: string; readonly version?: string };
  return object.kind === "APIService" && group && version ? [`${group}/${version}`] : [];
}
