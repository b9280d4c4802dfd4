import type { Faults } from "../core/faults";
import { checkHelmRelease } from "../helm/check-release";
import type { ReleaseConfig } from "./in-cluster-config";

type Property = (name: string) => string;

/** Adds what is wrong with the releases of an environment, and with their order. */
export function checkReleases(
  faults: Faults,
  releases: readonly ReleaseConfig[],
  namespaces: readonly string[],
  property: Property,
): void {
  faults.unique(property("releases"), releases.map(identity));
  const known = new Map(releases.map((release) => [identity(release), release]));
  for (const release of releases) {
    const own: Property = (name) => property(`releases.${release.name}.${nameOf(release, name)}`);
    const { releaseName = release.name, systemNamespaceReason } = release;
    checkHelmRelease(faults, { ...release, releaseName }, release.namespace, own);
    faults.check(
      namespaces.includes(release.namespace) || systemNamespaceReason !== undefined,
      own("namespace"),
      `must be one of ${namespaces.join(", ")}`,
      release.namespace,
    );
    for (const before of release.after ?? []) {
      faults.check(known.has(before), own("after"), "must name releases as <namespace>/<name>", before);
    }
  }
  const cycle = findCycle(known);
  faults.check(
    cycle === undefined,
    property("releases"),
    "must not wait for each other in a circle",
    cycle?.join(" → "),
  );
}

/** The releases, each after those that it names in `after`. */
export function inOrder(releases: readonly ReleaseConfig[]): ReleaseConfig[] {
  const known = new Map(releases.map((release) => [identity(release), release]));
  const ordered = new Set<ReleaseConfig>();
  const visit = (release: ReleaseConfig): void => {
    for (const before of release.after ?? []) {
      const other = known.get(before);
      if (other && !ordered.has(other)) visit(other);
    }
    ordered.add(release);
  };
  for (const release of releases) visit(release);
  return [...ordered];
}

function findCycle(releases: ReadonlyMap<string, ReleaseConfig>): string[] | undefined {
  const done = new Set<string>();
  const search = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const before of releases.get(name)?.after ?? []) {
      const cycle = search(before, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of releases.keys()) {
    const cycle = search(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** The name stands in for the one that Helm gets. */
function nameOf({ releaseName }: ReleaseConfig, property: string): string {
  return property === "releaseName" && releaseName === undefined ? "name" : property;
}

function identity({ namespace, name }: ReleaseConfig): string {
  return `${namespace}/${name}`;
}
