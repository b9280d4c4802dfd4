import { PLATFORM } from "../stack/platform-objects";
import type { FieldChange, ObjectChange, ReleaseChange } from "./environment-diff";
import { newPart } from "./image";
import type { Mark } from "./marks";
import { shortPath } from "./named-path";
import { arrowText, lineDiff } from "./value-text";
import { visibleText } from "./visible-text";

export const SIGNS = { added: "+", removed: "-", changed: "~", reinstalled: "!" } as const;

const PATH_COLUMN = { min: 24, max: 60 };

/** The names of marks, each once: `image (repository), replicas`. What the sign says already is left out. */
export function marksText(marks: readonly Mark[]): string {
  const names = marks
    .filter(({ mark }) => mark !== "release-added" && mark !== "release-removed")
    .map((mark) => {
      const parts = mark.mark === "image" ? mark.changed.filter((part) => part !== "tag") : [];
      return parts.length > 0 ? `${mark.mark} (${parts.join(", ")})` : mark.mark;
    });
  return [...new Set(names)].join(", ");
}

/** What there is to say below an object, line by line. Lines of `!` are warnings, those of `-` and `+` are text that differs. */
export function objectLines({ source, marks, fields }: ObjectChange): string[] {
  const newImages = fields.length > 0 ? [] : marks.flatMap((mark) => (mark.mark === "image" ? [mark] : []));
  const entries = [
    ...newImages.map(({ path, to }) => ({ path: shortPath(path), value: to })),
    ...fields.map((field) => ({ path: pathText(field), ...fieldValue(field, marks) })),
  ];
  const lines = columns(entries);
  return [...marks.flatMap((mark) => noteText(mark, source)).map((note) => `! ${note}`), ...lines].map(visibleText);
}

/** The same for a release. */
export function releaseLines({ change, marks, values }: ReleaseChange, objectsDiffer: boolean): string[] {
  const same = change === "changed" && !objectsDiffer ? " (nothing that is rendered from them differs)" : "";
  const entries = [
    ...marks.flatMap((mark) => (mark.mark === "chart" ? [{ path: "chart", value: `${mark.from} → ${mark.to}` }] : [])),
    ...marks.flatMap((mark) => (mark.mark === "chart-version" ? [{ path: "version", value: versions(mark) }] : [])),
    ...(values.length > 0 ? [{ path: "values", value: `${values.join(", ")}${same}` }] : []),
  ];
  return [...marks.flatMap((mark) => noteText(mark, "")).map((note) => `! ${note}`), ...columns(entries)].map(
    visibleText,
  );
}

interface Entry {
  readonly path: string;
  readonly value?: string;
  readonly block?: readonly string[];
}

function columns(entries: readonly Entry[]): string[] {
  const widths = entries.filter(({ value, path }) => value !== undefined && path.length <= PATH_COLUMN.max);
  const width = Math.max(PATH_COLUMN.min, ...widths.map(({ path }) => path.length));
  return entries.flatMap(({ path, value, block = [] }) =>
    value === undefined ? [path, ...block] : [`${path.padEnd(width)}  ${value}`],
  );
}

function pathText({ path, order }: FieldChange): string {
  return `${shortPath(path)}${order ? " (order)" : ""}`;
}

function fieldValue({ path, from, to, hidden }: FieldChange, marks: readonly Mark[]): Omit<Entry, "path"> {
  if (hidden) return { value: `(${hidden})` };
  const isImage = marks.some((mark) => mark.mark === "image" && mark.path === path && mark.from !== undefined);
  if (isImage) return { value: `${from} → ${newPart(String(from), String(to))}` };
  const value = arrowText(from, to);
  return value === undefined ? { block: lineDiff(from, to) } : { value };
}

function versions({ from, to }: { readonly from?: string; readonly to?: string }): string {
  return arrowText(from, to) ?? "";
}

/** What a mark says beyond its name and the fields. */
function noteText(mark: Mark, source: string): string[] {
  switch (mark.mark) {
    case "reinstall":
      return [
        `reinstall: it was ${mark.from}; Helm can neither rename nor move a release, so the old one is uninstalled and this one installed anew: downtime, and what the old one stored is not taken along`,
      ];
    case "removed-data":
      return [`removed-data: takes along ${mark.lost}`];
    case "kept":
      return ["kept: Helm forgets it and leaves it in the cluster"];
    case "moved":
      return [`moved: from ${mark.from} to ${mark.to}, which cannot have it while the other one has it`];
    case "immutable": {
      const outcome = source === PLATFORM ? "Terraform replaces the object or fails" : "the upgrade fails";
      return [`immutable: ${shortPath(mark.path)} cannot be changed, ${outcome}; see ${mark.see}`];
    }
    case "rbac-widened":
    case "network-policy-widened":
      return mark.gains.map((gain) => `${mark.mark}: ${gain}`);
    case "pod-security-loosened":
      return [`pod-security-loosened: ${mark.label} ${mark.from} → ${mark.to}`];
    case "image":
      return imageNotes(mark);
    default:
      return [];
  }
}

function imageNotes({ path, from, to, changed }: Extract<Mark, { mark: "image" }>): string[] {
  if (from === undefined) return [];
  return [
    ...(changed.includes("repository") ? [`image: ${shortPath(path)} comes from another repository`] : []),
    ...(from.includes("@") && !to.includes("@")
      ? [`image: ${shortPath(path)} is not pinned by a digest any more`]
      : []),
  ];
}
