import { fieldPath } from "../objects/field-path";

/** A key of a map, or an item of a list by what names it. */
export type Segment = string | { readonly item: string };

const PLAIN_ITEM = /^[^\s[\]"]+$/;

/** For example `spec.template.spec.containers[api].image`, `data["app.yaml"]`. */
export function namedPath(segments: readonly Segment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "string") return fieldPath(path, segment);
    return `${path}[${PLAIN_ITEM.test(segment.item) ? segment.item : JSON.stringify(segment.item)}]`;
  }, "");
}

/** The path as people say it: what a controller puts around a pod is left out. */
export function shortPath(path: string): string {
  return path.replace(/^spec\.(jobTemplate\.spec\.)?template\.spec\./, "");
}
