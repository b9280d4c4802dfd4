import { readFileSync } from "node:fs";

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members of an object; none if it is something else. */
export function members(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** An object without what cdktf notes about where its parts come from. */
export function withoutNotes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (!isObject(value)) return value;
  const rest = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(rest.map(([key, each]) => [key, withoutNotes(each)]));
}

/** A synthesised stack without cdktf's notes. */
export function readStack(file: string): JsonObject {
  const stack = withoutNotes(JSON.parse(readFileSync(file, "utf8")) as Json);
  if (!isObject(stack)) throw new Error(`${file} is not a stack`);
  return stack;
}

/** Paths where two values differ; the order of an object's members does not count. */
export function differences(one: Json | undefined, other: Json | undefined, path = ""): string[] {
  if (Array.isArray(one) && Array.isArray(other)) {
    const length = Math.max(one.length, other.length);
    return Array.from({ length }, (_, index) => differences(one[index], other[index], `${path}[${index}]`)).flat();
  }
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap((key) => differences(one[key], other[key], path === "" ? key : `${path}.${key}`));
  }
  return one === other ? [] : [`${path}: ${JSON.stringify(one)} or ${JSON.stringify(other)}`];
}
