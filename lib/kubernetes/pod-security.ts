import type { Faults } from "../core/faults";
import { checkReason } from "./reason";

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** A level below `restricted`. */
export interface PodSecurityException {
  readonly level: "baseline" | "privileged";
  /** What needs it, 10-500 characters. It is written into the cluster. */
  readonly reason: string;
}

/** Labels of Pod Security begin with it. */
export const POD_SECURITY_PREFIX = "pod-security.kubernetes.io/";

/**
 * Labels that make a namespace enforce a level. Audit and warnings stay at `restricted`, so that a looser namespace still tells what
 * keeps it from being strict. All are pinned to the cluster's version: an upgrade changes the rules only on purpose.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabels(enforced: PodSecurityLevel, kubernetesVersion: string): Record<string, string> {
  const levels = { enforce: enforced, audit: "restricted", warn: "restricted" };
  return Object.fromEntries(
    Object.entries(levels).flatMap(([mode, level]) => [
      [`${POD_SECURITY_PREFIX}${mode}`, level],
      [`${POD_SECURITY_PREFIX}${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}

/** Adds what is wrong with an exception from `restricted`. */
export function checkPodSecurity(faults: Faults, property: string, { level, reason }: PodSecurityException): void {
  faults.oneOf(`${property}.level`, level, ["baseline", "privileged"]);
  checkReason(faults, `${property}.reason`, reason);
}
