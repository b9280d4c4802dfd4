import { isMap } from "../objects/is-map";
import { at } from "./plain-data";

type Name = (item: unknown) => string | undefined;

/** What tells the items of a list apart, the best first. Mounts may share the name of their volume: later ones serve where earlier ones repeat. */
const NAMES: readonly Name[] = [
  field("name"),
  field("metadata", "name"),
  field("key"),
  field("mountPath"),
  field("devicePath"),
  port("containerPort"),
  port("port"),
  field("host"),
  field("path"),
  field("ip"),
  field("topologyKey"),
];

/**
 * The items of two lists by name, where every item of both has one and none repeats within its list; undefined where that is not so, and
 * for lists of plain values.
 */
export function itemsByName(
  one: readonly unknown[],
  other: readonly unknown[],
): [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>] | undefined {
  if (![...one, ...other].every(isMap)) return undefined;
  for (const name of NAMES) {
    const named = [byName(one, name), byName(other, name)] as const;
    if (named[0] && named[1]) return [named[0], named[1]];
  }
  return undefined;
}

function byName(items: readonly unknown[], name: Name): Map<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const item of items) {
    const text = name(item);
    if (text === undefined || named.has(text)) return undefined;
    named.set(text, item);
  }
  return named;
}

function field(...keys: readonly string[]): Name {
  return (item) => {
    const value = at(item, ...keys);
    return typeof value === "string" ? value : undefined;
  };
}

function port(key: string): Name {
  return (item) => {
    const value = at(item, key);
    return typeof value === "number" || typeof value === "string"
      ? `${value}/${at(item, "protocol") ?? "TCP"}`
      : undefined;
  };
}
