import { isMap } from "../objects/is-map";
import { at, isSame, listAt } from "./plain-data";

/** Whether everything that `inner` selects is selected by `outer` too, as far as their texts show. An empty selector selects everything. */
export function selectorCovers(outer: unknown, inner: unknown): boolean {
  const covered = labelsOf(outer).every(([key, value]) => at(inner, "matchLabels", key) === value);
  const expressions = listAt(inner, "matchExpressions");
  return covered && listAt(outer, "matchExpressions").every((rule) => expressions.some((other) => isSame(rule, other)));
}

/** Whether something may be selected by both: they do not ask for different values of a label. */
export function mayOverlap(one: unknown, other: unknown): boolean {
  return labelsOf(one).every(([key, value]) => [undefined, value].includes(at(other, "matchLabels", key)));
}

/** As people write it: `app=api,tier in (web)`; `all` if it selects everything. */
export function selectorText(selector: unknown): string {
  const parts = [
    ...labelsOf(selector).map(([key, value]) => `${key}=${value}`),
    ...listAt(selector, "matchExpressions").map(expressionText),
  ];
  return parts.length > 0 ? parts.join(",") : "all";
}

function labelsOf(selector: unknown): [string, unknown][] {
  const labels = at(selector, "matchLabels");
  return Object.entries(isMap(labels) ? labels : {});
}

function expressionText(expression: unknown): string {
  const key = String(at(expression, "key"));
  const values = listAt(expression, "values").join(",");
  switch (at(expression, "operator")) {
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
    case "NotIn":
      return `${key} notin (${values})`;
    default:
      return `${key} in (${values})`;
  }
}
