import type { StackRelease } from "../../lib/render/stack/stack-releases";
import type { Cluster } from "./cluster";
import type { Environment } from "./environment";
import { Helm, planOf, succeeded } from "./helm";

/** Every release whose chart lies in the repository, installed by Helm as Terraform would do it, and taken away again. */
export async function releasesInstalled(cluster: Cluster, environment: Environment): Promise<string> {
  const helm = new Helm(cluster);
  const plans = inOrder(environment.releases).map((release) => planOf(environment.stack, release));
  const done: string[] = [];
  try {
    for (const plan of plans) {
      const begun = performance.now();
      succeeded(await helm.install(plan));
      done.push(`${plan.namespace}/${plan.releaseName} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    }
  } finally {
    for (const plan of plans.slice(0, done.length).reverse()) succeeded(await helm.uninstall(plan));
  }
  return `${done.join(", ")}; uninstalled`;
}

/** Those that need nothing but each other, each after what it needs. */
function inOrder(releases: readonly StackRelease[]): StackRelease[] {
  const ordered: StackRelease[] = [];
  const isThere = (source: string) => ordered.some((release) => release.source === source);
  for (;;) {
    const next = releases.find(
      ({ source, chart, after }) => "path" in chart && !isThere(source) && after.every(isThere),
    );
    if (!next) return ordered;
    ordered.push(next);
  }
}
