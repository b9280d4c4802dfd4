import { objectIdentity, type SourcedObject } from "../objects/kubernetes-object";
import { PLATFORM } from "../stack/platform-objects";
import { checkPodSecurity } from "./check-pod-security";
import { checkSchemas } from "./check-schema";
import type { Finding } from "./finding";
import { schemaData } from "./kubernetes-schemas";
import type { NamespaceLevels } from "./namespace-levels";

type Check = Pick<Finding, "severity" | "check">;

const SAME_OBJECT: Check = { severity: "error", check: "same-object" };
const NAMESPACE: Check = { severity: "warning", check: "namespace" };

/** What must be unique: hooks of different moments may share a name, and names that the API server makes up always differ. */
export function objectKey(sourced: SourcedObject): string | undefined {
  const { name, annotations } = sourced.object.metadata;
  return name === undefined ? undefined : `${objectIdentity(sourced)} ${annotations?.["helm.sh/hook"] ?? ""}`;
}

/** Objects that are made twice: Helm refuses the second one, or two releases overwrite each other for ever. */
export function checkSameObjects(objects: readonly SourcedObject[]): Finding[] {
  const first = new Map<string, SourcedObject>();
  return objects.flatMap((sourced) => {
    const key = objectKey(sourced);
    const other = key === undefined ? undefined : first.get(key);
    if (key !== undefined && !other) first.set(key, sourced);
    if (!other) return [];
    const by = other.source === sourced.source ? "the same chart" : other.source;
    return [finding(SAME_OBJECT, sourced, `is made by ${by} too`, "leave it out of one of them")];
  });
}

/** Objects that a release makes outside its own namespace. */
export function checkNamespaces(objects: readonly SourcedObject[], namespaces: ReadonlyMap<string, string>): Finding[] {
  return objects.flatMap((sourced) => {
    const own = namespaces.get(sourced.source);
    if (own === undefined || sourced.namespace === undefined || sourced.namespace === own) return [];
    return [finding(NAMESPACE, sourced, `is outside the namespace ${own} of its release`)];
  });
}

/** Objects against the API of Kubernetes. */
export function checkAgainstApi(
  objects: readonly SourcedObject[],
  versionOf: (source: string) => string | undefined,
): Finding[] {
  const versions = new Set(objects.flatMap(({ source }) => versionOf(source) ?? []));
  return [...versions].sort().flatMap((version) => {
    if (!(version in schemaData().versions)) return [withoutSchemas(version)];
    const findings = checkSchemas(objects, version);
    return findings.filter(({ source }) => versionOf(source) === version);
  });
}

/** Pods against what their namespaces enforce; where nobody says what that is, against nothing. */
export function checkPods(
  objects: readonly SourcedObject[],
  levels: NamespaceLevels,
  versionOf: (source: string) => string | undefined,
): Finding[] {
  return objects.flatMap((sourced) => {
    const level = levels.get(sourced.namespace ?? "");
    return level ? checkPodSecurity(sourced, level, versionOf(sourced.source)) : [];
  });
}

function withoutSchemas(version: string): Finding {
  const known = Object.keys(schemaData().versions).join(", ");
  const message = `nothing is checked: there are no schemas of Kubernetes ${version}`;
  return { severity: "error", check: "schema", source: PLATFORM, message, fix: `use one of ${known}` };
}

function finding(check: Check, sourced: SourcedObject, message: string, fix?: string): Finding {
  return { ...check, source: sourced.source, object: objectIdentity(sourced), message, fix };
}
