import { nearest } from "../../core/nearest";
import { fieldPath } from "../../render/objects/field-path";
import { isMap } from "../../render/objects/is-map";
import { jsonIn } from "../values/json-text";
import { isMatcher, isPattern } from "./matcher";

/** Which names there may be at a place, and below them. */
export interface KnownNames {
  /** What is below a name; undefined: there is no such name. */
  below(name: string): KnownNames | undefined;
  /** For a hint. */
  readonly names: readonly string[];
}

/** Any name is right: the keys of a map. */
export const ANY_NAME: KnownNames = { below: () => ANY_NAME, names: [] };

/** Fixed names. What is below is looked up when it is asked for: schemas refer to themselves. */
export function namesOf(fields: Readonly<Record<string, () => KnownNames>>): KnownNames {
  return {
    names: Object.keys(fields),
    below: (name) => (Object.hasOwn(fields, name) ? fields[name]?.() : undefined),
  };
}

/** The names that some values have at the same place. */
export function namesIn(values: readonly unknown[]): KnownNames {
  const maps = values.flatMap(mapsIn);
  return {
    names: maps.flatMap((map) => Object.keys(map)),
    below(name) {
      const found = maps.filter((map) => Object.hasOwn(map, name));
      return found.length > 0 ? namesIn(found.map((map) => map[name])) : undefined;
    },
  };
}

/** What one of several knows. */
export function eitherNames(...all: readonly KnownNames[]): KnownNames {
  return {
    names: all.flatMap(({ names }) => names),
    below(name) {
      const found = all.flatMap((each) => each.below(name) ?? []);
      return found.length > 0 ? eitherNames(...found) : undefined;
    },
  };
}

/** The maps at a place: a list is all its items, and a text may hold JSON. */
function mapsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value === "string") return mapsIn(jsonIn(value) ?? []);
  if (Array.isArray(value)) return value.flatMap(mapsIn);
  return isMap(value) ? [value] : [];
}

/** What names are asked about. */
export interface NameQuestion {
  readonly known: KnownNames;
  /** Whose properties they are. */
  readonly owner: string;
  /** Whether only those matter that must be absent: what is expected to be there says so itself if it is not. */
  readonly onlyAbsent: boolean;
}

/**
 * Makes sure that what is said to be absent could be there: of what is misspelt there is none.
 *
 * @throws {Error} if a name is not known
 */
export function assertKnownNames(expected: unknown, { known, owner, onlyAbsent }: NameQuestion, path = ""): void {
  if (Array.isArray(expected)) {
    for (const item of expected) assertKnownNames(item, { known, owner, onlyAbsent }, path);
    return;
  }
  if (!isMap(expected) || isMatcher(expected) || isPattern(expected) || isToken(expected)) return;
  for (const [name, value] of Object.entries(expected)) {
    const below = known.below(name);
    const place = fieldPath(path, name);
    if (below) assertKnownNames(value, { known: below, owner, onlyAbsent }, place);
    else if (!onlyAbsent || holdsAbsent(value)) throw new Error(unknownText(place, name, owner, known));
  }
}

/** Of cdktf: what it stands for is written at synth. */
function isToken(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.resolve === "function";
}

function holdsAbsent(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsAbsent);
  if (!isMap(value) || isMatcher(value) || isToken(value)) return value === undefined;
  return Object.values(value).some(holdsAbsent);
}

function unknownText(place: string, name: string, owner: string, { names }: KnownNames): string {
  const meant = nearest(name, [...new Set(names)]);
  return `"${place}" is not known as a property of ${owner}, so none has it${meant ? `; did you mean "${meant}"?` : ""}`;
}
