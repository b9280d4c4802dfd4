import { nearest } from "../../core/nearest";
import { schemaData } from "../../render/checks/kubernetes-schemas";
import { objectIdentity, type SourcedObject } from "../../render/objects/kubernetes-object";
import { namespacedRule } from "../../render/objects/object-scope";
import { PLATFORM_KINDS } from "../../render/stack/platform-kinds";
import { PLATFORM } from "../../render/stack/platform-objects";
import { shortened } from "../values/given-text";
import { RENDERED_TEXT } from "../values/open-text";
import { INITIAL_NAMESPACES } from "./initial-namespaces";
import type { ObjectInCluster } from "./object-in-cluster";
import { rawManifests } from "./raw-manifests";
import { isNamed, type RenderedStack, releaseSources } from "./render";

/**
 * Makes sure that an object which is not among the rendered ones is nowhere in the stack.
 *
 * @throws {Error} if a release or a resource may bring it, or no such kind, namespace or release is known
 */
export function refuseUnanswerable(rendered: RenderedStack, asked: ObjectInCluster): void {
  refuseUnknownRelease(rendered, asked);
  refuseUnknownKind(rendered, asked.kind);
  refuseUnknownNamespace(rendered, asked);
  refuseUnread(rendered, asked);
  refuseOpenName(rendered, asked);
}

function refuseUnknownRelease({ stack, environment: { releases } }: RenderedStack, { release }: ObjectInCluster): void {
  const sources = releases.map(({ source }) => source);
  if (release === undefined) {
    const missing = releaseSources(stack).filter((source) => !sources.includes(source));
    if (missing.length === 0) return;
    throw new Error(`not all of ${stack.name} is rendered: ${missing.join(", ")}; say which release is meant`);
  }
  if (release === PLATFORM || sources.some((source) => isNamed(source, release))) return;
  const names = sources.join(", ") || "none";
  throw new Error(`no release "${release}" of ${stack.name} is rendered, so it brings nothing; there are: ${names}`);
}

function refuseUnknownKind({ environment: { objects } }: RenderedStack, kind: string): void {
  const there = objects.map(({ object }) => object.kind);
  const defined = objects.flatMap(({ object }) => definedKind(object));
  const known = [...new Set([...there, ...defined, ...servedKinds().map((each) => each.split(" ")[1] ?? each)])];
  if (known.includes(kind)) return;
  const meant = nearest(kind, known);
  const fix = meant ? `; did you mean "${meant}"?` : "";
  throw new Error(`"${shortened(kind)}" is not known as a kind, so there is none in any cluster${fix}`);
}

function servedKinds(): string[] {
  return Object.values(schemaData().versions).flatMap((kinds) => Object.keys(kinds));
}

function definedKind(object: SourcedObject["object"]): string[] {
  const names = (object.spec as { readonly names?: { readonly kind?: string } } | undefined)?.names;
  return object.kind === "CustomResourceDefinition" && names?.kind ? [names.kind] : [];
}

function refuseUnknownNamespace({ stack, environment }: RenderedStack, { kind, namespace }: ObjectInCluster): void {
  if (namespace === undefined) return;
  const { objects, releases } = environment;
  const isNamespaced = namespacedRule(objects.map(({ object }) => object));
  const there = objects.filter(({ object }) => object.kind === kind).map(({ object }) => object);
  const served = servedKinds().filter((each) => each.endsWith(` ${kind}`));
  const kinds = [...there, ...served.map((each) => ({ apiVersion: each.split(" ")[0] ?? "", kind, metadata: {} }))];
  if (kinds.length > 0 && !kinds.some(isNamespaced))
    throw new Error(`a ${kind} is in no namespace, so none is in "${namespace}"; leave 'namespace' out`);
  const made = objects.flatMap(({ object, namespace: own }) =>
    object.kind === "Namespace" ? [object.metadata.name ?? ""] : [own ?? ""],
  );
  const known = [...new Set([...made, ...releases.map((release) => release.namespace), ...INITIAL_NAMESPACES])];
  if (known.includes(namespace)) return;
  const meant = nearest(namespace, known);
  const fix = meant ? `; did you mean "${meant}"?` : "";
  throw new Error(`nothing of ${stack.name} is in the namespace "${namespace}", so no ${kind} is${fix}`);
}

/** Objects of the stack that are not rendered. */
function refuseUnread({ stack }: RenderedStack, { kind, release }: ObjectInCluster): void {
  if (release !== undefined && release !== PLATFORM) return;
  const typed = Object.entries(stack.allResources)
    .filter(([type]) => type.startsWith("kubernetes_") && !PLATFORM_KINDS[type] && kindOf(type) === kind.toLowerCase())
    .flatMap(([type, bodies]) => Object.keys(bodies).map((id) => `${type}.${id}`));
  const raw = rawManifests(stack.allResources)
    .filter(({ objects }) => !objects || objects.some((object) => object.kind === kind))
    .map(({ address }) => address);
  const [address] = [...typed, ...raw];
  if (address !== undefined) throw new Error(`${address} is not rendered, and may be such a ${kind}`);
}

/** One that gets its name later may be it. */
function refuseOpenName({ environment: { objects } }: RenderedStack, { kind, name, namespace }: ObjectInCluster): void {
  const open = objects.find(({ object, namespace: own = "" }) => {
    const { name: given, generateName } = object.metadata;
    if (object.kind !== kind) return false;
    const isElsewhere = namespace !== undefined && RENDERED_TEXT.isOpen(own);
    // Whatever it is called, it is one of those that are compared.
    if (name === undefined) return isElsewhere;
    const mayBeNamed = given === undefined ? name.startsWith(generateName ?? "") : RENDERED_TEXT.mayBeSame(name, given);
    const mayBeThere = namespace === undefined || own === namespace || isElsewhere;
    return mayBeThere && (mayBeNamed || (given === name && RENDERED_TEXT.isOpen(own)));
  });
  if (open)
    throw new Error(`${objectIdentity(open)} (${open.source}) is known only at apply, and may be such a ${kind}`);
}

/** `kubernetes_stateful_set_v1` makes a `statefulset`. */
function kindOf(type: string): string {
  return type
    .replace("kubernetes_", "")
    .replace(/_v\d\w*$/, "")
    .replaceAll("_", "");
}
