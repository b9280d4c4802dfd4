import { AnnotationMetadataEntryType, App, TerraformStack, Testing } from "cdktf";
import type { IConstruct, Node } from "constructs";
import type { Body } from "../../render/stack/stack-file";
import { givenText } from "../values/given-text";
import { readStackUnderTest, stackName, stackOfJson, stackOfText } from "./read-output";
import { StackUnderTest } from "./stack-under-test";

/**
 * What can be tested: a stack in code, an app, a path (the output folder of cdktf, the folder of a stack, or its `cdk.tf.json`), or the JSON, as
 * text or parsed. What is in code is synthesised anew by each check; `synthesize` does it once.
 */
export type StackInput = StackUnderTest | TerraformStack | App | string | object;

/**
 * The stack as Terraform reads it. Aspects and validations run as in `cdktf synth`, and nothing is written.
 *
 * @param name Which stack of an app, or of an output folder; a single stack must have this name. @default - the only one
 * @throws {Error} with every fault that the validations find, a line for each; if there is no such stack, or it is not whole
 * @example
 * const stack = synthesize(new Variants(Testing.app(), "staging"));
 */
export function synthesize(input: StackInput, name?: string): StackUnderTest {
  if (input instanceof StackUnderTest) return named(input, name);
  if (typeof input === "string") return named(textOrPath(input, name), name);
  if (TerraformStack.isStack(input)) {
    if (name !== undefined && name !== input.node.id) throw otherName(input.node.id, name);
    const root = input.node.root;
    prepare(stacksBelow(root));
    return synthesizeStack(input, root);
  }
  if (App.isApp(input)) {
    const stack = stackOf(input, name);
    prepare(stacksBelow(input));
    return synthesizeStack(stack, input);
  }
  return named(stackOfJson(input), name);
}

/** No path begins as an object of JSON does. */
function textOrPath(input: string, name: string | undefined): StackUnderTest {
  return /^\s*\{/.test(input) ? stackOfText(input) : readStackUnderTest(input, name);
}

/** A stack that says its name must be the one that is asked for. */
function named(stack: StackUnderTest, name: string | undefined): StackUnderTest {
  const own = stack.origin.construct?.node.id ?? stackName(stack.json);
  if (name !== undefined && own !== undefined && own !== name) throw otherName(own, name);
  return stack;
}

function otherName(own: string, name: string): Error {
  return new Error(`the stack is "${own}", and not "${name}"`);
}

/**
 * Every stack of an app by its name, as `synthesize` answers each.
 *
 * @throws {Error} with every fault that the validations of a stack find, a line for each; if it is no app
 */
export function synthesizeAll(app: App): Readonly<Record<string, StackUnderTest>> {
  if (!App.isApp(app))
    throw new Error(
      `'app' must be an App of cdktf, got ${givenText(app)}; of an output, take each stack: synthesize(output, name)`,
    );
  const stacks = stacksBelow(app);
  prepare(stacks);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, synthesizeStack(stack, app)]));
}

function stacksBelow(root: IConstruct): TerraformStack[] {
  return root.node.findAll().filter(TerraformStack.isStack);
}

/** All of them first: a stack that another one refers to gets an output for it. */
function prepare(stacks: readonly TerraformStack[]): void {
  for (const stack of stacks) stack.prepareStack();
}

function stackOf(app: App, name: string | undefined): TerraformStack {
  const stacks = stacksBelow(app);
  const [first, ...others] = name === undefined ? stacks : stacks.filter(({ node }) => node.id === name);
  if (first && others.length === 0) return first;
  const names = stacks.map(({ node }) => node.id).join(", ") || "none";
  throw new Error(`${name === undefined ? "say which stack" : `the app has no stack "${name}"`}; there are: ${names}`);
}

function synthesizeStack(stack: TerraformStack, root: IConstruct): StackUnderTest {
  try {
    Testing.synth(stack, true);
  } catch (error) {
    // Its own text has a headline, and the path before each line.
    if (String(error).includes("Validation failed")) throw refusal(stack, faultsOf(stack.node.findAll()));
    throw error;
  }
  const faults = [...errorAnnotations(stack), ...(root === stack ? [] : faultsOf([root]))];
  if (faults.length > 0) throw refusal(stack, faults);
  // Once more, for what Terraform does not read but rendering does: `synth` leaves it out.
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as Body;
  return new StackUnderTest(stack.node.id, json, { construct: stack });
}

function faultsOf(constructs: readonly IConstruct[]): string[] {
  return constructs.flatMap(({ node }) => node.validate().map((fault) => placed(fault, node)));
}

/** A fault with its place, if it names none itself: a construct may tell the fault of one inside it. */
function placed(fault: string, { path, root }: Node): string {
  const words = new Set(Array.from(fault.matchAll(/(?<=\bat )[^\s;,]+/g), ([word]) => word.replace(/[.:)]+$/, "")));
  const isPlaced = path === "" || root.node.findAll().some(({ node }) => words.has(node.path));
  return isPlaced ? fault : `${fault} at ${path}`;
}

function errorAnnotations(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === AnnotationMetadataEntryType.ERROR)
        .map(({ data }) => placed(String(data), node)),
    );
}

function refusal(stack: TerraformStack, faults: readonly string[]): Error {
  return new Error(`${stack.node.id} cannot be synthesised:\n${faults.join("\n")}`);
}
