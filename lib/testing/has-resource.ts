import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import { isMap } from "../render/objects/is-map";
import type { Body } from "../render/stack/stack-file";
import { CheckFailed } from "./check-failed";
import { resourceWithoutSecrets } from "./hide-resource-secrets";
import { type Difference, differenceLines, differences, type Properties, type Resolve } from "./match";
import { assertKnownProperties, assertKnownType } from "./resource-types";
import type { StackUnderTest } from "./stack-under-test";
import { type StackInput, synthesize } from "./synthesize";

const MAX_ADDRESSES = 30;

/**
 * Makes sure that the stack has a resource of a type, with these properties by their names in Terraform. Data sources: `data.aws_ssm_parameter`.
 *
 * @throws {CheckFailed} with the resource that is nearest, and a line for each property that differs
 * @example
 * hasResource(stack, "aws_eks_cluster", { version: "1.35", vpc_config: { endpoint_public_access: false } });
 */
export function hasResource(stack: StackInput, type: string, properties: Properties = {}): void {
  const tested = synthesize(stack);
  const compared = comparedWith(tested, type, properties);
  if (compared.some(({ found }) => found.length === 0)) return;
  const [near] = [...compared].sort((one, other) => one.found.length - other.found.length);
  if (!near) throw new CheckFailed(`there is no ${type} in ${tested.name}; ${typesIn(tested, type)}`);
  throw new CheckFailed(
    [
      `no ${type} in ${tested.name} has these properties; the nearest is ${near.address}:`,
      ...differenceLines(near.found),
      listText(compared),
    ].join("\n"),
  );
}

/**
 * Makes sure that the stack has no resource of a type, or none with these properties.
 *
 * @throws {CheckFailed} with the resources that there are
 * @throws {Error} if no such type or property is known: of what is misspelt there is none
 */
export function hasNoResource(stack: StackInput, type: string, properties: Properties = {}): void {
  const tested = synthesize(stack);
  assertKnownType(tested, type);
  assertKnownProperties(tested, type, Object.keys(properties));
  const found = comparedWith(tested, type, properties).filter((each) => each.found.length === 0);
  if (found.length === 0) return;
  const having = Object.keys(properties).length > 0 ? " with these properties" : "";
  throw new CheckFailed(`${tested.name} must have no ${type}${having}; ${listText(found)}`);
}

/**
 * Makes sure that the stack has so many resources of a type, with these properties.
 *
 * @throws {CheckFailed} with the resources that there are
 * @throws {Error} if none are expected, and no such type or property is known
 */
export function countResources(stack: StackInput, type: string, count: number, properties: Properties = {}): void {
  const tested = synthesize(stack);
  if (count === 0) {
    hasNoResource(tested, type, properties);
    return;
  }
  const found = comparedWith(tested, type, properties).filter((each) => each.found.length === 0);
  if (found.length === count) return;
  const having = Object.keys(properties).length > 0 ? " with these properties" : "";
  throw new CheckFailed(`${tested.name} must have ${count} ${type}${having}, got ${found.length}; ${listText(found)}`);
}

interface Compared {
  readonly address: string;
  readonly found: readonly Difference[];
}

function comparedWith(stack: StackUnderTest, type: string, properties: Properties): Compared[] {
  const resolve = tokensOf(stack);
  return Object.entries(stack.resources(type)).map(([id, body]) => ({
    address: `${type}.${id}`,
    found: differences(properties, body, shownBody(type, body), resolve),
  }));
}

function shownBody(type: string, body: Body): unknown {
  return resourceWithoutSecrets(type.replace(/^data\./, ""), body);
}

/** An attribute of another construct is expected as what synth writes for it. */
function tokensOf({ origin: { construct: scope } }: StackUnderTest): Resolve {
  if (!scope) return (expected) => expected;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return (expected) =>
    !isMap(expected) && Token.isUnresolved(expected) ? Tokenization.resolve(expected, { scope, resolver }) : expected;
}

function listText(compared: readonly Compared[]): string {
  if (compared.length === 0) return "there are none";
  const more = compared.length > MAX_ADDRESSES ? ` and ${compared.length - MAX_ADDRESSES} more` : "";
  const shown = compared.slice(0, MAX_ADDRESSES).map(({ address }) => address);
  return `there ${compared.length === 1 ? "is" : "are"}: ${shown.join(", ")}${more}`;
}

function typesIn(stack: StackUnderTest, type: string): string {
  const isData = type.startsWith("data.");
  const types = Object.keys(((isData ? stack.json.data : stack.json.resource) ?? {}) as object).sort();
  const names = types.map((each) => (isData ? `data.${each}` : each));
  return names.length > 0 ? `there are: ${names.join(", ")}` : "there are no resources at all";
}
