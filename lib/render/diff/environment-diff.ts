import type { Mark } from "./marks";

/** One field of an object that differs. Values of Secrets are never in here. */
export interface FieldChange {
  /**
   * From the top of the object. Items of lists are named by what tells them apart, not by their place:
   * `spec.template.spec.containers[api].env[LOG_LEVEL].value`, `metadata.annotations["example.com/owner"]`.
   */
  readonly path: string;
  /** Left out: the field was not there. */
  readonly from?: unknown;
  /** Left out: the field is not there any more. */
  readonly to?: unknown;
  /** What happened to a value that is not shown: one of a Secret, or a checksum. `from` and `to` are left out then. */
  readonly hidden?: "added" | "removed" | "changed";
  /** What both lists have stands in another order; `from` and `to` name all items. */
  readonly order?: true;
}

export interface ObjectChange {
  readonly change: "added" | "removed" | "changed";
  /** As `objectIdentity` names it: `apps/Deployment genomics/api`. */
  readonly object: string;
  /** `<namespace>/<release>`, or `platform`: where it comes from now, or came from if it is removed. */
  readonly source: string;
  /** What should stand out, in a fixed order. */
  readonly marks: readonly Mark[];
  /** Empty unless the object is changed. */
  readonly fields: readonly FieldChange[];
}

/** A Helm release, as far as a difference between two of them goes. */
export interface ReleaseState {
  /** `<namespace>/<release>`. */
  readonly source: string;
  /** What names the chart whatever its version, for example `oci://registry.example.com/charts/api`. */
  readonly chart: string;
  /** Left out for a chart that lies in the repository and says none. */
  readonly version?: string;
  readonly values: unknown;
}

export interface ReleaseChange {
  readonly change: "added" | "removed" | "changed" | "reinstalled";
  readonly release: string;
  /** Its name before, if it is reinstalled under another one. */
  readonly was?: string;
  readonly marks: readonly Mark[];
  /** Paths of the values that differ. Never the values: some of them become Secrets. */
  readonly values: readonly string[];
}

/** What differs between two synthesised outputs of one environment. */
export interface EnvironmentDiff {
  /** Sorted by name. */
  readonly releases: readonly ReleaseChange[];
  /** Sorted by source, then by identity. */
  readonly objects: readonly ObjectChange[];
}
