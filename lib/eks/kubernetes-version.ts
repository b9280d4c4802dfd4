import { Token } from "cdktf";
import type { Faults } from "../core/faults";

/** How EKS supports a Kubernetes version, as of this release of the library. */
export interface KubernetesVersionSupport {
  readonly support: "standard" | "extended";
  /** Last day of standard support. */
  readonly standardUntil: string;
  /** Last day of extended support; after it EKS upgrades the cluster by itself. */
  readonly extendedUntil: string;
}

/**
 * The Kubernetes versions that EKS offers. What a version's support is says this table, not the clock: the same code must synthesise
 * the same stack tomorrow.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const KUBERNETES_VERSIONS: Readonly<Record<string, KubernetesVersionSupport>> = {
  "1.31": { support: "extended", standardUntil: "2025-11-26", extendedUntil: "2026-11-26" },
  "1.32": { support: "extended", standardUntil: "2026-03-23", extendedUntil: "2027-03-23" },
  "1.33": { support: "extended", standardUntil: "2026-07-29", extendedUntil: "2027-07-29" },
  "1.34": { support: "standard", standardUntil: "2026-12-02", extendedUntil: "2027-12-02" },
  "1.35": { support: "standard", standardUntil: "2027-03-27", extendedUntil: "2028-03-27" },
  "1.36": { support: "standard", standardUntil: "2027-08-02", extendedUntil: "2028-08-02" },
};

/** Which support a cluster pays for: extended support costs more by the hour and has to be asked for. */
export type SupportType = "standard" | "extended";

/** Adds a fault unless EKS offers the version under the support that is asked for. */
export function checkKubernetesVersion(faults: Faults, property: string, version: string, support: SupportType): void {
  if (Token.isUnresolved(version)) return;
  const known = KUBERNETES_VERSIONS[version];
  if (!known) {
    const versions = Object.keys(KUBERNETES_VERSIONS).join(", ");
    faults.add(property, "must be a Kubernetes version that EKS offers", version, `use one of ${versions}`);
    return;
  }
  faults.check(
    known.support === "standard" || support === "extended",
    property,
    `must be in standard support, which ended on ${known.standardUntil}`,
    version,
    "upgrade, or set 'supportType' to \"extended\" (it costs more)",
  );
}
