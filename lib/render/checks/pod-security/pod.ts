import { fieldPath } from "../../objects/field-path";
import { apiGroup, type KubernetesObject } from "../../objects/kubernetes-object";

export type Fields = Readonly<Record<string, unknown>>;

/** A part of an object, and its path in it. */
export interface Part {
  readonly path: string;
  readonly fields: Fields;
}

/** A pod, or the template that a workload makes its pods from. */
export interface Pod {
  readonly annotations: Part;
  readonly spec: Part;
  /** Init containers, containers and ephemeral containers, in this order. */
  readonly containers: readonly Part[];
}

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "/Pod": [],
  "/PodTemplate": ["template"],
  "/ReplicationController": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
  "batch/Job": ["spec", "template"],
};

/** The pod in an object; undefined if its kind has none, or the object leaves it out. */
export function podOf(object: KubernetesObject): Pod | undefined {
  const steps = TEMPLATES[`${apiGroup(object)}/${object.kind}`];
  if (!steps) return undefined;
  const template = steps.reduce(part, { path: "", fields: object });
  const spec = part(template, "spec");
  if (Object.keys(spec.fields).length === 0) return undefined;
  const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((field) => parts(spec, field));
  return { annotations: part(part(template, "metadata"), "annotations"), spec, containers };
}

/** A field that holds an object; without fields if it is absent. */
export function part(parent: Part, field: string): Part {
  return { path: pathTo(parent, field), fields: asFields(parent.fields[field]) };
}

/** The objects in a field that holds a list; none if it is absent. */
export function parts(parent: Part, field: string): Part[] {
  return values(parent, field).map(([path, value]) => ({ path, fields: asFields(value) }));
}

/** Path and value of everything in a field that holds a list. */
export function values(parent: Part, field: string): [path: string, value: unknown][] {
  const list = parent.fields[field];
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => [fieldPath(pathTo(parent, field), index), value]);
}

export function pathTo(parent: Part, field: string): string {
  return fieldPath(parent.path, field);
}

/** The security context of the pod, and of each container. */
export function securityContexts(pod: Pod): Part[] {
  return [pod.spec, ...pod.containers].map((owner) => part(owner, "securityContext"));
}

/** The API server reads null as absent. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
