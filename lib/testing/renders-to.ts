import { nearest } from "../core/nearest";
import { schemaData } from "../render/checks/kubernetes-schemas";
import { objectIdentity, type SourcedObject } from "../render/objects/kubernetes-object";
import { CheckFailed } from "./check-failed";
import { objectWithoutSecrets } from "./hide-resource-secrets";
import { differenceLines, differences, type Properties } from "./match";
import { isNamed, RenderedStack, render } from "./render";
import type { StackInput } from "./synthesize";

/** Which object of the cluster is meant. */
export interface ObjectInCluster {
  /** For example `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** @default - any, or none */
  readonly namespace?: string;
  /**
   * The release that brings it, `variants` or `genomics/variants`; `platform` for what Terraform makes itself. Only this one is rendered, and what
   * comes before it.
   *
   * @default - any
   */
  readonly release?: string;
}

const PLATFORM = "platform";
const MAX_OBJECTS = 40;

/**
 * Makes sure that what the stack brings into the cluster has an object with these fields. Releases are rendered with real Helm.
 *
 * @throws {CheckFailed} with a line for each field that differs, or with the objects that there are
 * @throws {Error} if the object is not there and a release could not be rendered
 * @example
 * await rendersTo(stack, { release: "variants", kind: "Deployment", name: "variants" }, { spec: { replicas: 2 } });
 */
export async function rendersTo(
  stack: StackInput | RenderedStack,
  object: ObjectInCluster,
  fields: Properties = {},
): Promise<void> {
  const rendered = await renderedFor(stack, object);
  const compared = comparedWith(rendered, object, fields);
  if (compared.some(({ found }) => found.length === 0)) return;
  const name = rendered.stack.name;
  const [near] = [...compared].sort((one, other) => one.found.length - other.found.length);
  if (near) {
    const told = `${objectIdentity(near.each)} of ${name} (${near.each.source}) has not these fields:`;
    throw new CheckFailed([told, ...differenceLines(near.found)].join("\n"));
  }
  refuseIncomplete(rendered, object);
  throw new CheckFailed(`${name} renders no ${titleOf(object)}; ${listText(rendered, object)}`);
}

/**
 * Makes sure that what the stack brings into the cluster has no such object, or none with these fields.
 *
 * @throws {CheckFailed} with the object that there is
 * @throws {Error} if a release could not be rendered, or no such kind is known: of what is misspelt there is none
 */
export async function rendersNo(
  stack: StackInput | RenderedStack,
  object: ObjectInCluster,
  fields: Properties = {},
): Promise<void> {
  const rendered = await renderedFor(stack, object);
  refuseIncomplete(rendered, object);
  refuseUnknownKind(rendered, object.kind);
  const found = comparedWith(rendered, object, fields).find((each) => each.found.length === 0);
  if (!found) return;
  const having = Object.keys(fields).length > 0 ? " with these fields" : "";
  const title = `${titleOf(object)}${having}`;
  throw new CheckFailed(
    `${rendered.stack.name} must render no ${title}; there is ${objectIdentity(found.each)} (${found.each.source})`,
  );
}

async function renderedFor(stack: StackInput | RenderedStack, { release }: ObjectInCluster): Promise<RenderedStack> {
  if (stack instanceof RenderedStack) return stack;
  return render(stack, release === undefined || release === PLATFORM ? {} : { release });
}

function comparedWith({ environment: { objects } }: RenderedStack, asked: ObjectInCluster, fields: Properties) {
  return objects
    .filter((each) => isAsked(each, asked))
    .map((each) => ({ each, found: differences(fields, each.object, objectWithoutSecrets(each.object)) }));
}

function isAsked({ object, namespace, source }: SourcedObject, asked: ObjectInCluster): boolean {
  return (
    object.kind === asked.kind &&
    object.metadata.name === asked.name &&
    (asked.namespace === undefined || namespace === asked.namespace) &&
    (asked.release === undefined || isNamed(source, asked.release))
  );
}

/** Of releases that failed, objects are missing. */
function refuseIncomplete({ stack, environment }: RenderedStack, { release }: ObjectInCluster): void {
  if (environment.complete) return;
  const { source, message, fix } = environment.findings.find(({ severity }) => severity === "error") ?? {};
  const told = `${stack.name} cannot be rendered: ${source} ${message}${fix ? `; ${fix}` : ""}`;
  throw new Error(release === undefined ? `${told}; say which release is meant to render it alone` : told);
}

function refuseUnknownKind({ environment: { objects } }: RenderedStack, kind: string): void {
  const there = objects.map(({ object }) => object.kind);
  const defined = objects.flatMap(({ object }) => definedKind(object));
  const served = Object.values(schemaData().versions).flatMap((kinds) => Object.keys(kinds));
  const known = [...new Set([...there, ...defined, ...served.map((each) => each.split(" ")[1] ?? each)])];
  if (known.includes(kind)) return;
  const meant = nearest(kind, known);
  const fix = meant ? `; did you mean "${meant}"?` : "";
  throw new Error(`"${kind}" is not known as a kind, so there is none in any cluster${fix}`);
}

function definedKind(object: SourcedObject["object"]): string[] {
  const names = (object.spec as { readonly names?: { readonly kind?: string } } | undefined)?.names;
  return object.kind === "CustomResourceDefinition" && names?.kind ? [names.kind] : [];
}

function titleOf({ kind, name, namespace, release }: ObjectInCluster): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}${release ? ` (${release})` : ""}`;
}

/** Those of the kind, else all. */
function listText({ environment: { objects } }: RenderedStack, { kind }: ObjectInCluster): string {
  const same = objects.filter(({ object }) => object.kind === kind);
  const listed = same.length > 0 ? same : objects;
  const shown = listed.slice(0, MAX_OBJECTS).map((each) => `${objectIdentity(each)} (${each.source})`);
  const more = listed.length > MAX_OBJECTS ? ` and ${listed.length - MAX_OBJECTS} more` : "";
  return shown.length > 0 ? `there are: ${shown.join(", ")}${more}` : "there are no objects at all";
}
