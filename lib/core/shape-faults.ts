import type { BaseIssue, IssuePathItem } from "valibot";
import type { Faults } from "./faults";

/** What names the items of a list, as the checks of their values name them. */
const NAMED_BY: Readonly<Record<string, string>> = {
  applications: "applicationName",
  namespaces: "namespaceName",
  nodeGroups: "nodeGroupName",
  priorityClasses: "className",
  releases: "name",
  secrets: "secretName",
  teams: "teamName",
};

/** What the shapes call otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  Array: "a list",
  Construct: "a construct",
  Namespace: "a Namespace",
  Object: "an object",
  boolean: "true or false",
  number: "a number",
  string: "text",
};

/**
 * Adds a fault for everything that has the wrong shape. `shows`: whether what was given at a path may be told; nothing but numbers, text,
 * true and false ever is.
 */
export function addShapeFaults(
  faults: Faults,
  issues: readonly BaseIssue<unknown>[],
  nameOf: (path: string) => string,
  shows: (path: string) => boolean,
): void {
  for (const issue of issues) {
    const path = pathOf(issue);
    const property = nameOf(path);
    if (issue.expected === "never")
      faults.add(property, "is not a known property", undefined, "remove it or correct its name");
    else if (issue.received === "undefined") faults.add(property, "must be given");
    else {
      const isTold = shows(path) && ["string", "number", "boolean"].includes(typeof issue.input);
      faults.add(
        property,
        `must be ${WORDS[String(issue.expected)] ?? issue.expected}`,
        isTold ? issue.input : undefined,
      );
    }
  }
}

function pathOf(issue: BaseIssue<unknown>): string {
  const path: readonly IssuePathItem[] = issue.path ?? [];
  const keys = path.map(({ key, value }, index) => {
    const named = NAMED_BY[String(path[index - 1]?.key)];
    const name = named && typeof value === "object" && value !== null ? Reflect.get(value, named) : undefined;
    return typeof key === "number" && typeof name === "string" && name !== "" ? name : String(key);
  });
  return keys.join(".");
}
