import { parseAllDocuments, type ScalarTag, stringify } from "yaml";
import { GO_SCALARS } from "../../core/go-scalars";

/** A document of a YAML text. */
export interface YamlDocument {
  /** undefined: the document is empty. */
  readonly value: unknown;
  /** Why it cannot be read. */
  readonly error?: string;
  /** A key that stands twice in the same map; the last one wins. */
  readonly repeatedKey?: string;
}

/**
 * Reads YAML as Kubernetes and Helm do: by the rules of YAML 1.1 (`yes` is true, `010` is 8) but without dates and base 60.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go
 */
export function readYaml(text: string): YamlDocument[] {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    customTags: GO_SCALARS,
    resolveKnownTags: false,
    merge: true,
    prettyErrors: false,
  });
  return [...documents].map((document) => {
    const fatal = document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
    const repeated = document.errors.find(({ code }) => code === "DUPLICATE_KEY");
    if (fatal) return { value: undefined, error: fatal.message };
    try {
      const value: unknown = document.toJS({ maxAliasCount: -1, reviver: asJson }) ?? undefined;
      return { value, repeatedKey: repeated && keyAt(text, repeated.pos[0]) };
    } catch (error) {
      // An alias without its anchor shows only here.
      return { value: undefined, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** One document. Texts that one of the readers in use takes for a number, a date or a truth value are quoted. */
export function writeYaml(value: unknown): string {
  return stringify(value, {
    version: "1.1",
    customTags: (tags) => [unprintableText, ...tags, ...GO_SCALARS],
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
}

/** Plain data as JSON that is YAML too: every reader gets each character as it is. */
export function jsonForYaml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    UNPRINTABLE,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** JSON has no such number, so it ends as null wherever it goes. */
function asJson(_key: unknown, value: unknown): unknown {
  return Number.isNaN(value) ? null : value;
}

const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** Texts that Go's reader refuses or changes as they are: characters that YAML 1.1 forbids or takes for a line break, tabs that indent, the mark of a merge. */
const unprintableText: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  // Nothing is read with it; of two tags for a value the library prefers one with a test.
  test: /(?!)/,
  identify: (value) =>
    typeof value === "string" && (value.search(UNPRINTABLE) >= 0 || /^ *\t|^<<$/m.test(value) || isBlank(value)),
  resolve: (text) => text,
  stringify: ({ value }) => jsonForYaml(value),
};

/** Lines of spaces alone: a block of them comes back shorter. */
function isBlank(text: string): boolean {
  return /^\s*\n\s*$/.test(text) && text.includes(" ");
}

function keyAt(text: string, offset: number): string {
  return /^[^:\n]*/.exec(text.slice(offset))?.[0].trim() ?? "";
}
