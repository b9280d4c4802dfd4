/** What stands out in a change. Each has its own name, which `--fail-on` and `--allow` take. */
export type Mark =
  | { readonly mark: "reinstall"; readonly from: string; readonly to: string }
  | { readonly mark: "release-added" }
  | { readonly mark: "release-removed" }
  /** The release takes another chart, or the same one from another place. */
  | { readonly mark: "chart"; readonly from: string; readonly to: string }
  | { readonly mark: "chart-version"; readonly from?: string; readonly to?: string }
  /** Data goes with the object. */
  | { readonly mark: "removed-data"; readonly lost: string }
  /** Helm forgets the object and leaves it in the cluster. */
  | { readonly mark: "kept" }
  /** The object belongs to another release than before; Helm refuses to take it over while the other one has it. */
  | { readonly mark: "moved"; readonly from: string; readonly to: string }
  /** One of the fields that are known to be immutable. */
  | { readonly mark: "immutable"; readonly path: string; readonly see: string }
  | { readonly mark: "rbac-widened"; readonly gains: readonly string[] }
  | { readonly mark: "network-policy-removed" }
  | { readonly mark: "network-policy-widened"; readonly gains: readonly string[] }
  | { readonly mark: "pod-security-loosened"; readonly label: string; readonly from: string; readonly to: string }
  /** `from` is left out for a container that was not there. */
  | {
      readonly mark: "image";
      readonly path: string;
      readonly from?: string;
      readonly to: string;
      readonly changed: readonly ImagePart[];
    }
  | { readonly mark: "replicas"; readonly path: string; readonly from?: unknown; readonly to?: unknown }
  | { readonly mark: "resources"; readonly path: string; readonly from?: unknown; readonly to?: unknown };

export type ImagePart = "repository" | "tag" | "digest";

export type MarkName = Mark["mark"];

/** All of them, the loudest first: the order they are shown in. */
export const MARK_NAMES = [
  "reinstall",
  "removed-data",
  "immutable",
  "pod-security-loosened",
  "rbac-widened",
  "network-policy-removed",
  "network-policy-widened",
  "moved",
  "kept",
  "release-removed",
  "release-added",
  "chart",
  "chart-version",
  "image",
  "replicas",
  "resources",
] as const satisfies readonly MarkName[];

/** Sorts by loudness; marks of one name keep their order. */
export function inOrder(marks: readonly Mark[]): Mark[] {
  return [...marks].sort((one, other) => MARK_NAMES.indexOf(one.mark) - MARK_NAMES.indexOf(other.mark));
}
