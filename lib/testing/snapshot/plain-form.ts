import { compareText } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import { isSecretNamed } from "../values/hide-secrets";
import { JSON_TEXT, jsonIn } from "../values/json-text";

/** The version of the form of snapshots. Another one shows every snapshot as changed. */
export const FORM = 1;

/** Texts that are JSON as JSON, but not those that are secret as a whole. */
export function unfolded(value: unknown, key = ""): unknown {
  if (typeof value === "string") {
    const json = isSecretNamed(key, value) ? undefined : jsonIn(value);
    return json === undefined ? value : { [JSON_TEXT]: unfolded(json) };
  }
  if (Array.isArray(value)) return value.map((item) => unfolded(item, key));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, unfolded(inside, name)]));
}

/** With all keys in their order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => compareText(one, other));
  return Object.fromEntries(entries.map(([key, inside]) => [key, sorted(inside)]));
}
