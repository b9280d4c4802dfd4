import { HelmRelease } from "../../lib/helm/helm-release";
import type { HelmReleaseProps } from "../../lib/helm/release-props";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { testCluster } from "./cluster";
import { testNamespace } from "./namespace";
import { type Body, type Synthesized, synthesizeWith } from "./synth";

/** A chart in a repository. */
export const chart = { repository: "https://charts.example.com", name: "api", version: "1.2.3" };

/** A stack with one release, of that chart unless the props say another. */
export function synthesized(props: Partial<HelmReleaseProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    new ClusterProviders(scope, "Providers", { cluster });
    new HelmRelease(scope, "Release", { releaseName: "api", namespace: testNamespace(scope), chart, ...props });
  });
}

/** That release alone. */
export function released(props: Partial<HelmReleaseProps> = {}): Body {
  return synthesized(props).only("helm_release");
}
