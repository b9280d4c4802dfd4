import { objectIdentity, type SourcedObject } from "../../render/objects/kubernetes-object";
import { PLATFORM } from "../../render/stack/platform-objects";
import { CheckFailed } from "../check-failed";
import { assertComparable } from "../expected/comparable";
import { assertKnownNames } from "../expected/known-names";
import {
  type Difference,
  differenceLines,
  differences,
  isAsExpected,
  type Properties,
  unsureLines,
} from "../expected/match";
import type { StackInput } from "../stack/synthesize";
import { withoutSecrets } from "../values/hide-secrets";
import { RENDERED_TEXT } from "../values/open-text";
import { assertObject } from "./check-object";
import type { ObjectInCluster } from "./object-in-cluster";
import { objectNames } from "./object-names";
import { refuseIncomplete } from "./refuse-incomplete";
import { refuseUnanswerable } from "./refuse-unanswerable";
import { isNamed, RenderedStack, render } from "./render";

const MAX_OBJECTS = 40;

/**
 * Makes sure that what the stack brings into the cluster has an object with these fields. Releases are rendered with real Helm.
 *
 * @throws {CheckFailed} with a line for each field that differs, or with the objects that there are
 * @throws {Error} if the object is not there and a release could not be rendered; if a field that must be absent is not known
 * @example
 * await rendersTo(stack, { release: "variants", kind: "Deployment", name: "variants" }, { spec: { replicas: 2 } });
 */
export async function rendersTo(
  stack: StackInput | RenderedStack,
  object: ObjectInCluster,
  fields: Properties = {},
): Promise<void> {
  const rendered = await renderedFor(stack, object);
  const compared = comparedWith(rendered, object, fields, "part");
  if (compared.some(({ found }) => found.length === 0)) return;
  const name = rendered.stack.name;
  const [near] = [...compared].sort((one, other) => one.found.length - other.found.length);
  if (near) {
    const told = `${objectIdentity(near.each)} of ${name} (${near.each.source}) has not these fields:`;
    throw new CheckFailed([told, ...differenceLines(near.found)].join("\n"));
  }
  refuseIncomplete(rendered, otherRelease(object));
  throw new CheckFailed(`${name} renders no ${titleOf(object)}; ${listText(rendered, object)}`);
}

/**
 * Makes sure that what the stack brings into the cluster has no such object, or none with these fields. Without a name, none of the kind.
 *
 * @throws {CheckFailed} with the object that there is
 * @throws {Error} if a release could not be rendered, or a field is known only at apply; if no such kind, release, namespace or field is known: of
 * what is misspelt there is none
 */
export async function rendersNo(
  stack: StackInput | RenderedStack,
  object: ObjectInCluster,
  fields: Properties = {},
): Promise<void> {
  const rendered = await renderedFor(stack, object);
  refuseIncomplete(rendered, otherRelease(object));
  refuseUnanswerable(rendered, object);
  const compared = comparedWith(rendered, object, fields, "any");
  const found = compared.find((each) => isAsExpected(each.found) === true);
  const having = Object.keys(fields).length > 0 ? " with these fields" : "";
  const title = `${titleOf(object)}${having}`;
  if (found)
    throw new CheckFailed(
      `${rendered.stack.name} must render no ${title}; there is ${objectIdentity(found.each)} (${found.each.source})`,
    );
  const unsure = compared.filter((each) => isAsExpected(each.found) === undefined);
  if (unsure.length === 0) return;
  const lines = unsure.flatMap(({ each, found: open }) => unsureLines(objectIdentity(each), open));
  throw new Error([`it cannot be said that ${rendered.stack.name} renders no ${title}:`, ...lines].join("\n"));
}

async function renderedFor(stack: StackInput | RenderedStack, object: ObjectInCluster): Promise<RenderedStack> {
  assertObject(object);
  const { release } = object;
  if (stack instanceof RenderedStack) return stack;
  return render(stack, release === undefined || release === PLATFORM ? {} : { release });
}

interface Compared {
  readonly each: SourcedObject;
  readonly found: readonly Difference[];
}

function comparedWith(
  { environment: { objects } }: RenderedStack,
  asked: ObjectInCluster,
  fields: Properties,
  how: "any" | "part",
): Compared[] {
  assertComparable(fields, { owner: "fields", withTokens: false });
  const isAny = how === "any";
  const found = objects.filter((each) => isAsked(each, asked));
  if (isAny || found.length > 0)
    assertKnownNames(fields, { known: objectNames(asked.kind, objects), owner: asked.kind, onlyAbsent: !isAny });
  const comparing = { open: RENDERED_TEXT, isLoose: false, isAny };
  return found.map((each) => ({
    each,
    found: differences(fields, each.object, withoutSecrets(each.object), comparing),
  }));
}

function isAsked({ object, namespace, source }: SourcedObject, asked: ObjectInCluster): boolean {
  return (
    object.kind === asked.kind &&
    (asked.name === undefined || object.metadata.name === asked.name) &&
    (asked.namespace === undefined || namespace === asked.namespace) &&
    (asked.release === undefined || isNamed(source, asked.release))
  );
}

function otherRelease({ release }: ObjectInCluster): string | undefined {
  return release === undefined ? "say which release is meant to render it alone" : undefined;
}

function titleOf({ kind, name, namespace, release }: ObjectInCluster): string {
  const place = name === undefined ? namespace && ` in ${namespace}` : ` ${namespace ? `${namespace}/` : ""}${name}`;
  return `${kind}${place ?? ""}${release ? ` (${release})` : ""}`;
}

/** Those of the kind, else all. */
function listText({ environment: { objects } }: RenderedStack, { kind }: ObjectInCluster): string {
  const same = objects.filter(({ object }) => object.kind === kind);
  const listed = same.length > 0 ? same : objects;
  const shown = listed.slice(0, MAX_OBJECTS).map((each) => `${objectIdentity(each)} (${each.source})`);
  const more = listed.length > MAX_OBJECTS ? ` and ${listed.length - MAX_OBJECTS} more` : "";
  return shown.length > 0 ? `there are: ${shown.join(", ")}${more}` : "there are no objects at all";
}
