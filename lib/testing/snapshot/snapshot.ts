import type { App } from "cdktf";
import { compareText } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import { refuseUpdateInCi } from "../recording/refuse-update";
import { RenderedStack } from "../rendering/render";
import { SNAPSHOT_MARK } from "../stack/read-output";
import { type StackInput, synthesize, synthesizeAll } from "../stack/synthesize";
import { blockWithoutSecrets, resourceWithoutSecrets } from "../values/hide-resource-secrets";
import { withoutSecrets } from "../values/hide-secrets";
import { namedAccounts } from "./account-names";
import { sameOnEveryMachine } from "./machine-paths";
import { FORM, sorted, unfolded } from "./plain-form";
import { renderedForm } from "./rendered-snapshot";

/** Blocks whose bodies stand below a type and a name. */
const BY_TYPE: ReadonlySet<string> = new Set(["data", "ephemeral", "resource"]);

/**
 * A stack as plain data for a snapshot, the same on every machine and for every version of cdktf and of the providers. Left out are versions of
 * providers and what cdktf writes for itself. Paths of this machine, hashes of charts and account ids are named (`<account-1>`), secrets hidden,
 * keys and `depends_on` sorted; JSON that stands as text, such as a policy, is shown as JSON below `<json>`. Regions and ARNs stay.
 *
 * A snapshot of a snapshot is the same snapshot. Of a rendered stack it has the objects, by the release that brings them, and nothing else.
 *
 * @throws {Error} if this is CI, and Jest (or Vitest with its globals) was asked to update snapshots or to write new ones; if a release of a
 * rendered stack could not be rendered
 * @example
 * expect(snapshotOf(stack)).toMatchSnapshot();
 */
export function snapshotOf(stack: StackInput | RenderedStack): Readonly<Record<string, unknown>> {
  refuseUpdateInCi();
  return stack instanceof RenderedStack ? renderedForm(stack) : normalised(stack);
}

/**
 * The same as text: JSON, two spaces to a level.
 *
 * @throws {Error} as `snapshotOf` does
 */
export function snapshotText(stack: StackInput | RenderedStack): string {
  return textOf(snapshotOf(stack));
}

/** The snapshot of each stack of an app, by its name. */
export function snapshotTexts(app: App): string {
  const stacks = Object.entries(synthesizeAll(app));
  if (stacks.length === 0) throw new Error("the app has no stack: nothing can be compared");
  return textOf(sorted(Object.fromEntries(stacks.map(([name, stack]) => [name, snapshotOf(stack)]))));
}

/** What a recorded file holds. Reading one in a run that writes snapshots is no fault. */
export function recordedText(stack: StackInput): string {
  return textOf(normalised(stack));
}

function textOf(content: unknown): string {
  return JSON.stringify(content, undefined, 2);
}

function normalised(stack: StackInput): Body {
  const { name, json } = synthesize(stack);
  const { "//": _, terraform, ...blocks } = json;
  const plain = Object.entries(withTerraform(terraform, blocks)).map(([block, content]) => [
    block,
    withoutComments(unfolded(withSortedDependencies(block, content))),
  ]);
  // Before secrets are looked for: whether a path looks like one must not depend on the machine.
  const same = sameOnEveryMachine(Object.fromEntries(plain)) as Body;
  const shown = Object.entries(same).map(([block, content]) => [block, withoutSecretsIn(block, content)]);
  const content = namedAccounts(Object.fromEntries(shown)) as Body;
  return sorted({ "//": { [SNAPSHOT_MARK]: { form: FORM, stack: name } }, ...content }) as Body;
}

/** Whether a JSON is a snapshot and not what synth wrote. */
export function isSnapshot(json: Body): boolean {
  return isMap(json["//"]) && SNAPSHOT_MARK in json["//"];
}

/** Which provider it is stays, which version goes. */
function withTerraform(terraform: unknown, blocks: Body): Body {
  if (!isMap(terraform)) return blocks;
  const { required_providers: providers, ...others } = terraform;
  if (!isMap(providers)) return { ...blocks, terraform: others };
  const sources = Object.entries(providers).map(([name, provider]) => {
    if (!isMap(provider)) return [name, {}];
    const { version: _, ...rest } = provider;
    return [name, rest];
  });
  return { ...blocks, terraform: { ...others, required_providers: Object.fromEntries(sources) } };
}

/** Terraform reads `depends_on` as a set, and synth writes it in the order of the code. */
function withSortedDependencies(block: string, content: unknown): unknown {
  if (BY_TYPE.has(block)) return mapped(content, (_type, bodies) => mapped(bodies, (_id, body) => inOrder(body)));
  return block === "module" || block === "output" ? mapped(content, (_name, body) => inOrder(body)) : content;
}

function inOrder(body: unknown): unknown {
  if (!isMap(body) || !Array.isArray(body.depends_on)) return body;
  return { ...body, depends_on: [...body.depends_on].sort((one, other) => compareText(String(one), String(other))) };
}

function mapped(map: unknown, of: (key: string, inside: unknown) => unknown): unknown {
  if (!isMap(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, inside]) => [key, of(key, inside)]));
}

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, inside]) => [key, withoutComments(inside)]));
}

function withoutSecretsIn(block: string, content: unknown): unknown {
  if (BY_TYPE.has(block)) {
    return mapped(content, (type, bodies) => mapped(bodies, (_id, body) => resourceWithoutSecrets(type, body)));
  }
  if (block === "locals") return withoutSecrets(content);
  if (block === "variable" || block === "output")
    return mapped(content, (name, body) => blockWithoutSecrets(name, body));
  return mapped(content, (_name, body) => withoutSecrets(body));
}
