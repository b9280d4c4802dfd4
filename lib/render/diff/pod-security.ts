import type { KubernetesObject } from "../objects/kubernetes-object";
import type { Mark } from "./marks";

/**
 * From open to closed. A namespace without the label is privileged.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
const LEVELS = ["privileged", "baseline", "restricted"];
const PREFIX = "pod-security.kubernetes.io/";

/** Marks Pod Security labels of a namespace that ask for less than before, or by an older version of the rules. */
export function podSecurityMarks(base: KubernetesObject, head: KubernetesObject): Mark[] {
  if (head.kind !== "Namespace") return [];
  return ["enforce", "audit", "warn"].flatMap((mode) => {
    const level = label(base, mode) ?? "privileged";
    const newLevel = label(head, mode) ?? "privileged";
    const version = label(base, `${mode}-version`);
    const newVersion = label(head, `${mode}-version`);
    const older = version !== undefined && newVersion !== undefined && minorOf(newVersion) < minorOf(version);
    return [
      ...(LEVELS.indexOf(newLevel) < LEVELS.indexOf(level) ? [loosened(mode, level, newLevel)] : []),
      ...(older ? [loosened(`${mode}-version`, version, newVersion)] : []),
    ];
  });
}

function loosened(label: string, from: string, to: string): Mark {
  return { mark: "pod-security-loosened", label: `${PREFIX}${label}`, from, to };
}

/** Of `v1.35`; `latest` comes after all. */
function minorOf(version: string): number {
  const minor = /^v1\.(\d+)$/.exec(version)?.[1];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
}

function label({ metadata }: KubernetesObject, name: string): string | undefined {
  return metadata.labels?.[`${PREFIX}${name}`];
}
