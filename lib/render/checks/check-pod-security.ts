import type { PodSecurityLevel } from "../../kubernetes/pod-security";
import { objectIdentity, type SourcedObject } from "../objects/kubernetes-object";
import type { Finding } from "./finding";
import { podOf } from "./pod-security/pod";
import { RULES } from "./pod-security/rules";

/**
 * Checks the pods of an object against a level of the Pod Security Standards: what the API server would refuse in a namespace that
 * enforces the level. Objects without pods have no findings.
 *
 * @param kubernetesVersion Minor version whose rules count, for example `1.35`. Without it, the newest rules.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function checkPodSecurity(
  object: SourcedObject,
  level: PodSecurityLevel,
  kubernetesVersion?: string,
): Finding[] {
  if (level === "privileged") return [];
  const pod = podOf(object.object);
  if (!pod) return [];
  const minor = kubernetesVersion === undefined ? Number.POSITIVE_INFINITY : Number(kubernetesVersion.split(".")[1]);
  return RULES.filter(({ levels, since = 0 }) => levels.includes(level) && minor >= since)
    .filter(({ exempts }) => !exempts?.(pod, minor))
    .flatMap(({ find }) => find(pod, minor))
    .map(({ path, rule, fix }) => ({
      severity: "error",
      check: "pod-security",
      source: object.source,
      object: objectIdentity(object),
      path,
      message: `${rule} for Pod Security level ${level}`,
      fix,
    }));
}
