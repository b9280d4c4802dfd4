import type { Json, JsonObject } from "./json";
import type { BindingClass, Struct } from "./provider-classes";

/** A resource that is already written: the name of its constant, and its class. */
export interface Written {
  readonly constant: string;
  readonly type: BindingClass;
}

/** Resources by their address, for example `aws_vpc.Vpc_8378EB38`. */
export type Addresses = ReadonlyMap<string, Written>;

/** A member of an object literal: its name, and its value as source. */
export type Entry = readonly [string, string];

const REFERENCE = /\$\{([a-z]\w*\.[\w-]+)\.(\w+)\}/g;

/** Addresses that a value names, in references and in `depends_on`. */
export function addressesIn(value: Json): string[] {
  return JSON.stringify(value).match(/\b[a-z]\w*\.[A-Za-z_][\w-]*/g) ?? [];
}

/** A value of a configuration as a person would write it: known attributes by their names in TypeScript, references as attributes. */
export function literal(value: Json, struct: Struct | undefined, addresses: Addresses): string {
  if (typeof value === "string") return text(value, addresses);
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, struct, addresses)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return object(literalEntries(value as JsonObject, struct, addresses));
}

/** The members of an object, as `literal` writes them. */
export function literalEntries(value: JsonObject, struct: Struct | undefined, addresses: Addresses): Entry[] {
  return Object.entries(value).map(([key, each]) => {
    if (!struct) return [key, literal(each, undefined, addresses)];
    const field = struct.get(key);
    if (!field) throw new Error(`no attribute ${key} in the bindings`);
    return [field.name, literal(each, field.struct, addresses)];
  });
}

/** An object literal of members that are already written. */
export function object(entries: readonly Entry[]): string {
  return `{ ${entries.map(([key, written]) => `${JSON.stringify(key)}: ${written}`).join(", ")} }`;
}

/** `kms_key_id` as `kmsKeyId`. */
export function camelCase(attribute: string): string {
  return attribute.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Text, with references to attributes of written resources put in; other references stay as they are. */
function text(value: string, addresses: Addresses): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of value.matchAll(REFERENCE)) {
    const [whole, address = "", attribute = ""] = match;
    const target = addresses.get(address);
    const name = camelCase(attribute);
    if (!target?.type.textAttributes.has(name)) continue;
    if (match.index > end) parts.push(JSON.stringify(value.slice(end, match.index)));
    parts.push(`${target.constant}.${name}`);
    end = match.index + whole.length;
  }
  if (end < value.length || parts.length === 0) parts.push(JSON.stringify(value.slice(end)));
  return parts.join(" + ");
}
