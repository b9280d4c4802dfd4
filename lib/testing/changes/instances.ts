import { at } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import type { StackUnderTest } from "../stack/stack-under-test";

/** An address with the key of one instance, `aws_eip.A["a"]`: the resource, and the key with its brackets, empty if there is none. */
export function splitAddress(address: string): readonly [base: string, key: string] {
  const [, base = address, key = ""] = /^(.*?)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/s.exec(address) ?? [];
  return [base, key];
}

/** What a resource or a module has at an address without a key; undefined if it is not in the stack. */
export function bodyAt(stack: StackUnderTest, address: string): Body | undefined {
  const [type = "", id = ""] = address.split(".");
  if (type !== "module") return stack.resources(type)[id];
  const body = at(stack.json, "module", id);
  return isMap(body) ? body : undefined;
}

/** How a resource comes to its instances. */
export function repetitionOf(body: Body): "count" | "for_each" | undefined {
  if (isWritten(body.for_each)) return "for_each";
  return isWritten(body.count) ? "count" : undefined;
}

/** Keys of the instances, an empty one for a resource that is not repeated; undefined if only a plan knows them. */
export function instanceKeys(body: Body): readonly string[] | undefined {
  const repetition = repetitionOf(body);
  if (repetition === undefined) return [""];
  if (repetition === "for_each") return eachKeys(body.for_each)?.map((key) => `[${JSON.stringify(key)}]`);
  const count = typeof body.count === "string" && body.count.trim() !== "" ? Number(body.count) : body.count;
  if (typeof count !== "number" || !Number.isInteger(count)) return undefined;
  return Array.from({ length: count }, (_, index) => `[${index}]`);
}

/** Whether a resource with this body has an instance. Terraform takes `a` for `a[0]`, and the other way round, as `count` comes and goes. */
export function hasInstance(body: Body, key: string): boolean {
  const keys = instanceKeys(body);
  const repetition = repetitionOf(body);
  if (repetition === "for_each") return keys?.includes(key) ?? key.startsWith('["');
  const asCounted = repetition === "count" ? key || "[0]" : key.replace(/^\[0\]$/, "");
  return keys?.includes(asCounted) ?? /^\[\d/.test(asCounted);
}

/** Addresses of what has an instance; `count: 0` is a resource in the code and none anywhere else. */
export function livingAddresses(stack: StackUnderTest): string[] {
  return stack.addresses.filter((address) => instanceKeys(bodyAt(stack, address) ?? {})?.length !== 0);
}

function eachKeys(each: unknown): readonly string[] | undefined {
  if (isMap(each)) return Object.keys(each);
  const list = typeof each === "string" ? listIn(each) : each;
  return Array.isArray(list) && list.every((item) => typeof item === "string" && !item.includes("${"))
    ? list
    : undefined;
}

/** As cdktf writes an iterator over a list. */
function listIn(text: string): unknown {
  const [, list] = /^\$\{(?:toset\((\[.*\])\))\}$/s.exec(text) ?? [];
  try {
    return list === undefined ? undefined : JSON.parse(list);
  } catch {
    return undefined;
  }
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}
