import { isMap } from "../../render/objects/is-map";
import type { KubernetesObject } from "../../render/objects/kubernetes-object";
import { readYaml } from "../../render/objects/kubernetes-yaml";
import { resolved } from "../../render/stack/platform-objects";
import type { Body, Resources } from "../../render/stack/stack-file";
import { RENDERED_TEXT } from "../values/open-text";

/** A resource that writes objects of Kubernetes as they are, of any kind. */
export interface RawManifest {
  readonly address: string;
  /** undefined: they cannot be read from the stack. */
  readonly objects: readonly KubernetesObject[] | undefined;
}

/** Types of other providers that bring objects. */
const OTHER_PROVIDERS = /^(kubectl|k8s|k8sconnect|kustomization|kubernetes-alpha)_/;

/** The resources of a stack that bring objects of kinds which their type does not say. */
export function rawManifests(resources: Resources): RawManifest[] {
  return Object.entries(resources)
    .filter(([type]) => type === "kubernetes_manifest" || OTHER_PROVIDERS.test(type))
    .flatMap(([type, bodies]) =>
      Object.entries(bodies).map(([id, body]) => ({
        address: `${type}.${id}`,
        objects: isRepeated(body) ? undefined : objectsIn(type, body, resources),
      })),
    );
}

/** Whether Terraform may make several of a resource, or none. */
export function isRepeated({ count, for_each: each }: Body): boolean {
  return (count ?? each ?? undefined) !== undefined;
}

function objectsIn(type: string, body: Body, resources: Resources): readonly KubernetesObject[] | undefined {
  const { manifest, yaml_body: yaml } = resolved(body, resources) as Body;
  // A directive may write any lines, so what comes out of them is not read.
  const isDirected = typeof body.yaml_body === "string" && body.yaml_body.replaceAll("%%{", "").includes("%{");
  const values = type === "kubernetes_manifest" ? [manifest] : isDirected ? undefined : yamlIn(yaml);
  const areRead = values?.every((value) => isObject(value) && !RENDERED_TEXT.isOpen(value.kind));
  return areRead ? (values as readonly KubernetesObject[]) : undefined;
}

function yamlIn(text: unknown): unknown[] | undefined {
  if (typeof text !== "string") return undefined;
  return readYaml(text)
    .filter(({ value, error }) => value !== undefined || error !== undefined)
    .map(({ value }) => value);
}

/** A list holds objects of other kinds. */
function isObject(value: unknown): value is KubernetesObject {
  return isMap(value) && typeof value.kind === "string" && !value.kind.endsWith("List") && isMap(value.metadata);
}
