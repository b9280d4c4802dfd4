import type { DiffReport } from "./diff-report";

/** Rises when a field goes or changes its meaning. New fields may come without a new version. */
export const DIFF_DOCUMENT_VERSION = 1;

/** What `--format json` prints. Fields that do not apply are left out. */
export interface DiffDocument extends DiffReport {
  readonly version: typeof DIFF_DOCUMENT_VERSION;
  /** Marks of immutable fields come from a list of known ones; there are others. */
  readonly immutableFields: "known-list";
}

export function formatJson(report: DiffReport): string {
  const { environment, environmentChange, asks, releases, objects } = report;
  const document: DiffDocument = {
    version: DIFF_DOCUMENT_VERSION,
    environment,
    ...(environmentChange ? { environmentChange } : {}),
    immutableFields: "known-list",
    asks,
    releases,
    objects,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
