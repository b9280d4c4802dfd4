import type { ObjectChange } from "./environment-diff";

const VERSION_LABELS = ['metadata.labels["helm.sh/chart"]', 'metadata.labels["app.kubernetes.io/version"]'];

/**
 * Objects that differ only in labels which every new version of a chart changes on all its objects. Labels of pods are no such ones: they
 * restart pods.
 */
export interface VersionLabelChanges {
  readonly source: string;
  readonly objects: readonly string[];
}

/** Takes the changes apart: those to show each, and those that a line for each source is enough for. */
export function splitVersionLabels(objects: readonly ObjectChange[]): {
  readonly shown: readonly ObjectChange[];
  readonly versionLabels: readonly VersionLabelChanges[];
} {
  const isLabels = ({ change, marks, fields }: ObjectChange) =>
    change === "changed" && marks.length === 0 && fields.every(({ path }) => VERSION_LABELS.includes(path));
  const sources = new Map<string, string[]>();
  for (const { source, object } of objects.filter(isLabels)) {
    sources.set(source, [...(sources.get(source) ?? []), object]);
  }
  return {
    shown: objects.filter((change) => !isLabels(change)),
    versionLabels: [...sources].map(([source, names]) => ({ source, objects: names })),
  };
}

/** For example `2 objects differ only in their version labels: ConfigMap genomics/a, ConfigMap genomics/b`. */
export function versionLabelsText({ objects }: VersionLabelChanges, write: (name: string) => string): string {
  const count =
    objects.length === 1 ? "1 object differs only in its" : `${objects.length} objects differ only in their`;
  return `${count} version labels: ${objects.map(write).join(", ")}`;
}
