import type { SourcedObject } from "../../render/objects/kubernetes-object";
import { PLATFORM_KINDS } from "../../render/stack/platform-kinds";
import { PLATFORM, platformObjects } from "../../render/stack/platform-objects";
import type { Body, Resources } from "../../render/stack/stack-file";
import { isRepeated, rawManifests } from "../rendering/raw-manifests";

/** A policy or a namespace. */
export interface ReadObject {
  readonly sourced: SourcedObject;
  /** Why it cannot be said what it does. @default - it can */
  readonly unsure?: string;
}

/** The policies and namespaces that Terraform makes, and the addresses of resources that may be some. */
export function objectsOf(resources: Resources): { objects: ReadObject[]; unread: string[] } {
  const raw = rawManifests(resources);
  const written = raw.flatMap(({ objects = [] }) => objects);
  return {
    objects: [
      ...typedObjects(resources),
      ...written.map(
        (object): ReadObject => ({ sourced: { source: PLATFORM, namespace: object.metadata.namespace, object } }),
      ),
    ],
    unread: [
      ...raw.filter(({ objects }) => !objects).map(({ address }) => address),
      ...hidden(
        resources,
        raw.map(({ address }) => address),
      ),
    ],
  };
}

function typedObjects(resources: Resources): ReadObject[] {
  const bodies = Object.entries(resources).flatMap(([type, byId]) => (PLATFORM_KINDS[type] ? Object.values(byId) : []));
  return platformObjects(resources).objects.map((sourced, index) => ({
    sourced,
    unsure: unsureOf(bodies[index] ?? {}),
  }));
}

function unsureOf(body: Body): string | undefined {
  if (isRepeated(body)) return "has 'count' or 'for_each'";
  return hasDynamic(body) ? "has a dynamic block" : undefined;
}

function hasDynamic(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (!Array.isArray(value) && "dynamic" in value) || Object.values(value).some(hasDynamic);
}

/** Resources of other types in which a policy stands as text, such as one that runs a command. */
function hidden(resources: Resources, read: readonly string[]): string[] {
  return Object.entries(resources)
    .filter(([type]) => !PLATFORM_KINDS[type] && type !== "helm_release")
    .flatMap(([type, bodies]) => Object.entries(bodies).map(([id, body]) => ({ address: `${type}.${id}`, body })))
    .filter(({ address, body }) => !read.includes(address) && /kind\W+NetworkPolicy\b/.test(JSON.stringify(body)))
    .map(({ address }) => address);
}
