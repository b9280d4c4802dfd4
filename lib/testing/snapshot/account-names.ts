import { compareText } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/** A copy in which each account id has a name, `<account-1>` and so on, in the order in which they come first. */
export function namedAccounts(value: unknown): unknown {
  const names = new Map<string, string>();
  visit(value, (text) => {
    for (const [id] of text.matchAll(ACCOUNT)) if (!names.has(id)) names.set(id, `<account-${names.size + 1}>`);
  });
  return named(value, names);
}

/** Keys in their order, so that names do not depend on which construct was made first. */
function visit(value: unknown, see: (text: string) => void): void {
  if (typeof value === "string" || typeof value === "number") see(String(value));
  else if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isMap(value)) {
    for (const key of Object.keys(value).sort(compareText)) {
      see(key);
      visit(value[key], see);
    }
  }
}

function named(value: unknown, names: ReadonlyMap<string, string>): unknown {
  const of = (text: string) => text.replaceAll(ACCOUNT, (id) => names.get(id) ?? id);
  if (typeof value === "string") return of(value);
  if (typeof value === "number") return names.get(String(value)) ?? value;
  if (Array.isArray(value)) return value.map((item) => named(item, names));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [of(key), named(inside, names)]));
}
