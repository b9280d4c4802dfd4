import type { Finding } from "../checks/finding";
import type { KubernetesObject, SourcedObject } from "../objects/kubernetes-object";
import { type BlockShape, fieldsOf } from "./block-shape";
import { KNOWN_AT_APPLY, PLATFORM_KINDS, type PlatformKind } from "./platform-kinds";
import type { Body, Resources } from "./stack-file";
import { terraformText } from "./terraform-text";

export const PLATFORM = "platform";

/** The objects that Terraform makes itself, without Helm. What it learns only at apply stands as `(known after apply)`. */
export function platformObjects(resources: Resources): { objects: SourcedObject[]; findings: Finding[] } {
  const objects: SourcedObject[] = [];
  const findings: Finding[] = [];
  for (const [type, bodies] of Object.entries(resources).filter(([name]) => name.startsWith("kubernetes_"))) {
    const kind = PLATFORM_KINDS[type];
    for (const [id, body] of Object.entries(bodies)) {
      if (kind) objects.push(platformObject(type, kind, resolved(body, resources) as Body));
      else findings.push(unknownType(type, id));
    }
  }
  return { objects, findings };
}

function platformObject(
  type: string,
  { apiVersion, kind, namespaced, shape }: PlatformKind,
  body: Body,
): SourcedObject {
  const fallback = "default";
  const metadata: BlockShape = {
    name: type === "kubernetes_default_service_account_v1" ? { fallback } : {},
    generate_name: {},
    ...(namespaced && { namespace: { fallback } }),
    labels: {},
    annotations: {},
  };
  const fields = fieldsOf({ metadata: {}, ...body }, { metadata: { fields: metadata }, ...shape });
  const object = { apiVersion, kind, ...fields } as KubernetesObject;
  return { source: PLATFORM, namespace: object.metadata.namespace, object };
}

function unknownType(type: string, id: string): Finding {
  return {
    severity: "warning",
    check: "platform",
    source: PLATFORM,
    path: `${type}.${id}`,
    message: "is not rendered: resources of this type are not known here",
  };
}

/** A copy with all texts as Terraform reads them. */
export function resolved(value: unknown, resources: Resources): unknown {
  if (typeof value === "string") {
    const { text, unknown } = terraformText(value, resources);
    return unknown.reduce((shown, template) => shown.replace(template, () => KNOWN_AT_APPLY), text);
  }
  if (Array.isArray(value)) return value.map((item) => resolved(item, resources));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(item, resources)]));
}
