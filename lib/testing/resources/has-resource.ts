import type { Body } from "../../render/stack/stack-file";
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
import type { StackUnderTest } from "../stack/stack-under-test";
import { type StackInput, synthesize } from "../stack/synthesize";
import { givenText } from "../values/given-text";
import { resourceWithoutSecrets } from "../values/hide-resource-secrets";
import { TERRAFORM_TEXT } from "../values/open-text";
import { expectedReferences } from "./expected-references";
import { assertKnownType, assertTypeName, knownProperties } from "./resource-types";

const MAX_ADDRESSES = 30;

/**
 * Makes sure that the stack has a resource of a type, with these properties by their names in Terraform. Data sources: `data.aws_ssm_parameter`.
 *
 * @throws {CheckFailed} with the resource that is nearest, and a line for each property that differs
 * @throws {Error} if a value is none that can be in a stack, such as a function; if a property that must be absent is not known: what is misspelt
 * always is
 * @example
 * hasResource(stack, "aws_eks_cluster", { version: "1.35", vpc_config: { endpoint_public_access: false } });
 */
export function hasResource(stack: StackInput, type: string, properties: Properties = {}): void {
  assertTypeName(type);
  const tested = synthesize(stack);
  const compared = comparedWith(tested, type, properties, "part");
  const [near] = [...compared].sort((one, other) => one.found.length - other.found.length);
  if (!near) throw new CheckFailed(`there is no ${type} in ${tested.name}; ${typesIn(tested, type)}`);
  if (near.found.length === 0) return;
  throw new CheckFailed(
    [
      `no ${type} in ${tested.name} has these properties; the nearest is ${near.address}:`,
      ...differenceLines(near.found),
      listText(compared),
    ].join("\n"),
  );
}

/**
 * Makes sure that the stack has no resource of a type, or none with these properties. Of a list, items among others are meant.
 *
 * @throws {CheckFailed} with the resources that there are
 * @throws {Error} if no such type or property is known: of what is misspelt there is none; if a value is none that can be in a stack, such as a
 * function; if a resource may have these properties at apply
 */
export function hasNoResource(stack: StackInput, type: string, properties: Properties = {}): void {
  assertTypeName(type);
  const tested = synthesize(stack);
  assertKnownType(tested, type);
  const compared = comparedWith(tested, type, properties, "any");
  const found = compared.filter((each) => isAsExpected(each.found) === true);
  const having = havingText(properties);
  if (found.length > 0) throw new CheckFailed(`${tested.name} must have no ${type}${having}; ${listText(found)}`);
  refuseUnsure(compared, `it cannot be said that ${tested.name} has no ${type}${having}:`);
}

/**
 * Makes sure that the stack has so many resources of a type, with these properties.
 *
 * @throws {CheckFailed} with the resources that there are
 * @throws {Error} if none are expected, and no such type or property is known; if the number is known only at apply
 */
export function countResources(stack: StackInput, type: string, count: number, properties: Properties = {}): void {
  if (!Number.isInteger(count) || count < 0)
    throw new Error(`'count' must be a whole number from 0, got ${givenText(count)}`);
  assertTypeName(type);
  const tested = synthesize(stack);
  if (count === 0) {
    hasNoResource(tested, type, properties);
    return;
  }
  const compared = comparedWith(tested, type, properties, "part");
  const found = compared.filter((each) => isAsExpected(each.found) === true);
  const number = found.reduce((sum, { instances }) => sum + (instances ?? 0), 0);
  const maybe = compared.filter((each) => isAsExpected(each.found) === undefined || isMany(each));
  const having = havingText(properties);
  if (number > count || (number < count && maybe.length === 0))
    throw new CheckFailed(`${tested.name} must have ${count} ${type}${having}, got ${number}; ${listText(found)}`);
  const many = maybe.filter(isMany);
  if (many.length > 0)
    throw new Error(
      `it cannot be said that ${tested.name} has ${count} ${type}${having}: 'count' and 'for_each' are known only at apply; ${listText(many)}`,
    );
  refuseUnsure(maybe, `it cannot be said that ${tested.name} has ${count} ${type}${having}:`);
}

interface Compared {
  readonly address: string;
  readonly found: readonly Difference[];
  /** undefined: Terraform makes as many as it learns at apply. */
  readonly instances: number | undefined;
}

function isMany({ found, instances }: Compared): boolean {
  return instances === undefined && isAsExpected(found) !== false;
}

function comparedWith(
  stack: StackUnderTest,
  type: string,
  properties: Properties,
  how: "any" | "part",
): readonly Compared[] {
  assertComparable(properties, { owner: "properties", withTokens: true });
  const bodies = Object.entries(stack.resources(type)).filter(([, body]) => instancesOf(body) !== 0);
  const isAny = how === "any";
  if (isAny || bodies.length > 0)
    assertKnownNames(properties, { known: knownProperties(stack, type), owner: type, onlyAbsent: !isAny });
  const comparing = { open: TERRAFORM_TEXT, isLoose: true, isAny, resolve: expectedReferences(stack) };
  return bodies.map(([id, body]) => ({
    address: `${type}.${id}`,
    found: differences(properties, body, shownBody(type, body), comparing),
    instances: instancesOf(body),
  }));
}

function instancesOf({ count, for_each: each }: Body): number | undefined {
  if (each !== undefined && each !== null) return undefined;
  if (count === undefined || count === null) return 1;
  return /^\d+$/.test(String(count)) ? Number(count) : undefined;
}

function refuseUnsure(compared: readonly Compared[], told: string): void {
  const unsure = compared.filter(({ found }) => isAsExpected(found) === undefined);
  if (unsure.length === 0) return;
  throw new Error([told, ...unsure.flatMap(({ address, found }) => unsureLines(address, found))].join("\n"));
}

function shownBody(type: string, body: Body): unknown {
  return resourceWithoutSecrets(type.replace(/^data\./, ""), body);
}

function havingText(properties: Properties): string {
  return Object.keys(properties).length > 0 ? " with these properties" : "";
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
