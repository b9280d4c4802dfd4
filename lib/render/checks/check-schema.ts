import { type KubernetesObject, objectIdentity, type SourcedObject } from "../objects/kubernetes-object";
import type { Finding } from "./finding";
import { servedKinds } from "./kubernetes-schemas";
import { CustomResources } from "./schema/custom-resources";
import { withoutNulls } from "./schema/stored-form";
import { isBuiltIn, isOffByDefault, unserved } from "./schema/unserved";
import { storedValidator } from "./schema/validator";
import { type Violation, violations } from "./schema/violations";

/**
 * Checks objects against the schemas of a Kubernetes version, without a cluster: fields, types, required fields, allowed values. Custom
 * resources are checked against the CustomResourceDefinitions among the objects; where there is none, a notice says so.
 *
 * @param kubernetesVersion Minor version, for example `1.35`.
 * @throws Error if there are no schemas of the version.
 */
export function checkSchemas(objects: readonly SourcedObject[], kubernetesVersion: string): Finding[] {
  const served = servedKinds(kubernetesVersion);
  const custom = new CustomResources(objects, kubernetesVersion);
  const unknown: SourcedObject[] = [];
  const findings = objects.flatMap((sourced): Finding[] => {
    const { object } = sourced;
    const id = served[`${object.apiVersion} ${object.kind}`];
    const found = id ? checkServed(object, id) : checkOther(object, kubernetesVersion, custom);
    if (!found) unknown.push(sourced);
    const { source } = sourced;
    return (found ?? []).map((each) => ({
      severity: "error",
      check: "schema",
      source,
      object: objectIdentity(sourced),
      ...each,
    }));
  });
  return [...findings, ...notices(unknown)];
}

function checkServed(object: KubernetesObject, id: string): readonly Violation[] {
  const found = violations(storedValidator(id), withoutNulls(object), "warning");
  return isOffByDefault(object) ? [...found, offByDefault(object)] : found;
}

/** undefined if nobody knows the kind. */
function checkOther(
  object: KubernetesObject,
  kubernetesVersion: string,
  custom: CustomResources,
): readonly Violation[] | undefined {
  return custom.check(object) ?? (isBuiltIn(object) ? [unserved(object, kubernetesVersion)] : undefined);
}

function offByDefault({ apiVersion }: KubernetesObject): Violation {
  return {
    severity: "warning",
    path: "apiVersion",
    message: `${apiVersion} is served only where it is switched on`,
    fix: "use a stable version",
  };
}

/** One for each kind of a release, however many objects there are. */
function notices(objects: readonly SourcedObject[]): Finding[] {
  const found = objects.map(({ source, object }): Finding => {
    const message = `not checked: no schema for ${object.apiVersion} ${object.kind}`;
    const fix = "add the release that brings its CustomResourceDefinition";
    return { severity: "notice", check: "schema", source, message, fix };
  });
  return [...new Map(found.map((each) => [`${each.source} ${each.message}`, each])).values()];
}
