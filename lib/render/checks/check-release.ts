import type { ReleaseOutcome } from "../helm/render-releases";
import type { ManifestFault } from "../objects/manifests";
import type { StackRelease } from "../stack/stack-releases";
import type { Finding } from "./finding";
import type { IgnoredValue } from "./ignored-values";

/** What keeps a release from being rendered as a whole. */
export function checkRendering({ release: { source }, rendered, findings }: ReleaseOutcome): Finding[] {
  const faults = rendered?.manifests.faults ?? [];
  return [...findings, ...faults.map((fault) => faultFinding(source, fault))];
}

/** What is wrong with how a release uses its chart. */
export function checkRelease({ release, rendered }: ReleaseOutcome): Finding[] {
  if (!rendered) return [];
  const { manifests, ignored } = rendered;
  return [
    ...checkCrds(release, manifests.crds.length),
    ...ignored.map((value) => ignoredFinding(release.source, value)),
  ];
}

/** A chart's folder `crds` needs a decision: Helm installs what is in it once, and never upgrades it. */
function checkCrds({ source, crds }: StackRelease, count: number): Finding[] {
  if (count === 0 || crds === "elsewhere" || crds === "install-once") return [];
  const says =
    crds === undefined ? "the release does not say how they get into the cluster" : `the release says "${crds}"`;
  const message = `the chart has ${count} CRDs in its folder 'crds', and ${says}`;
  const fix = `say "elsewhere" if another release brings them, "install-once" if nothing ever upgrades them`;
  return [{ severity: "error", check: "crds", source, message, fix }];
}

function faultFinding(source: string, { severity, file, message }: ManifestFault): Finding {
  return { severity, check: "manifest", source, path: file, message };
}

function ignoredFinding(source: string, { path, known, meant }: IgnoredValue): Finding {
  if (known) {
    const message = "has no effect with the other values as they are";
    return { severity: "notice", check: "ignored-value", source, path, message };
  }
  const message = "is ignored: the chart has no such value, and renders the same without it";
  const fix = meant ? `did you mean '${meant}'?` : "remove it, or look for its name in the chart's values.yaml";
  return { severity: "warning", check: "ignored-value", source, path, message, fix };
}
