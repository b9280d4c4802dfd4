import { valid, validRange } from "semver";
import { parse } from "yaml";

type Fields = Readonly<Record<string, unknown>>;
type Rule = readonly [field: string, says: string, holds: (value: unknown) => boolean];

/** Fields of Chart.yaml. @see https://helm.sh/docs/topics/charts/#the-chartyaml-file */
const KNOWN =
  "apiVersion name version kubeVersion description type keywords home sources dependencies maintainers icon appVersion deprecated annotations".split(
    " ",
  );

const NEEDED: readonly Rule[] = [
  ["apiVersion", "must be v2", (value) => value === "v2"],
  ["version", "must be a semantic version", (value) => isText(value) && valid(value) === value],
  ["description", "must be a sentence", (value) => isText(value) && value.trim() !== ""],
  ["type", "must be application or library", (value) => value === "application" || value === "library"],
];

const OPTIONAL: readonly Rule[] = [
  ["kubeVersion", "must be a range of versions", (value) => isText(value) && validRange(value) !== null],
  ["appVersion", "must be a text: quote it", (value) => isText(value) && value !== ""],
];

/** What is wrong with a Chart.yaml that can be read. */
export function chartYamlFaults(text: string, name: string): string[] {
  const fields = (parse(text, { uniqueKeys: false }) ?? {}) as Fields;
  const rules = [
    ...NEEDED,
    ["name", `must be ${name}`, (value) => value === name] satisfies Rule,
    ...OPTIONAL.filter(([field]) => fields[field] !== undefined),
  ];
  return [
    ...rules.filter(([field, , holds]) => !holds(fields[field])).map(([field, says]) => `Chart.yaml: ${field} ${says}`),
    ...Object.keys(fields)
      .filter((field) => !KNOWN.includes(field))
      .map((field) => `Chart.yaml: ${field} is no field of Helm's`),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
