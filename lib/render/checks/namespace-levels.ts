import type { ReleaseNote } from "../../helm/release-note";
import type { SourcedObject } from "../objects/kubernetes-object";
import type { StackRelease } from "../stack/stack-releases";
import type { Finding } from "./finding";

export type NamespaceLevels = ReadonlyMap<string, ReleaseNote["podSecurity"]>;

const LEVELS: readonly string[] = ["restricted", "baseline", "privileged"] satisfies ReleaseNote["podSecurity"][];

/** What each namespace enforces for its pods: as its labels say where the stack makes it, else as its releases say. */
export function namespaceLevels(
  platform: readonly SourcedObject[],
  releases: readonly StackRelease[],
): NamespaceLevels {
  const said = releases.flatMap(({ namespace, podSecurity }) =>
    podSecurity ? [[namespace, podSecurity] as const] : [],
  );
  const labelled = platform.flatMap(({ object: { kind, metadata } }) => {
    const level = metadata.labels?.["pod-security.kubernetes.io/enforce"];
    const isLevel =
      kind === "Namespace" && metadata.name !== undefined && level !== undefined && LEVELS.includes(level);
    return isLevel ? [[metadata.name, level as ReleaseNote["podSecurity"]] as const] : [];
  });
  return new Map([...said, ...labelled]);
}

/** Releases whose pods cannot be checked. */
export function checkLevelsKnown(levels: NamespaceLevels, releases: readonly StackRelease[]): Finding[] {
  return releases
    .filter(({ namespace }) => !levels.has(namespace))
    .map(({ source, namespace }) => {
      const message = `pods are not checked: the stack does not say what the namespace ${namespace} enforces`;
      return { severity: "notice", check: "pod-security", source, message };
    });
}
