import type { Faults } from "../core/faults";
import { checkNamespace } from "../kubernetes/namespace-checks";
import { checkPriorityClass } from "../kubernetes/priority-class";
import { checkTeam } from "../kubernetes/team-checks";
import { checkTraffic } from "../kubernetes/traffic-checks";
import { checkReleases } from "./check-releases";
import type { InClusterConfig, NamespaceConfig, TeamConfig } from "./in-cluster-config";

type Property = (name: string) => string;

/** Adds what is wrong with what an environment installs in its cluster. */
export function checkInCluster(faults: Faults, config: InClusterConfig, property: Property): void {
  const { namespaces, teams = [], priorityClasses = [], releases } = config;
  const names = namespaces.map(({ namespaceName }) => namespaceName);
  faults.unique(property("namespaces"), names);
  for (const namespace of namespaces) {
    checkNamespaceConfig(faults, namespace, names, (name) => property(`namespaces.${namespace.namespaceName}.${name}`));
  }
  checkTeams(faults, teams, names, property);
  faults.unique(
    property("priorityClasses"),
    priorityClasses.map(({ className }) => className),
  );
  for (const priorityClass of priorityClasses) {
    checkPriorityClass(faults, priorityClass, (name) => property(`priorityClasses.${priorityClass.className}.${name}`));
  }
  checkReleases(faults, releases, names, property);
}

function checkNamespaceConfig(
  faults: Faults,
  namespace: NamespaceConfig,
  names: readonly string[],
  property: Property,
): void {
  checkNamespace(faults, namespace, property);
  for (const [index, traffic] of (namespace.allow ?? []).entries()) {
    const own: Property = (name) => property(`allow[${index}].${name}`);
    checkTraffic(faults, traffic, own);
    for (const direction of ["to", "from"] as const) {
      const peer = traffic[direction];
      if (typeof peer !== "object" || !("namespace" in peer)) continue;
      faults.oneOf(own(direction), peer.namespace, names);
    }
  }
}

function checkTeams(faults: Faults, teams: readonly TeamConfig[], names: readonly string[], property: Property): void {
  faults.unique(
    property("teams"),
    teams.map(({ teamName }) => teamName),
  );
  for (const team of teams) {
    const own: Property = (name) => property(`teams.${team.teamName}.${name}`);
    checkTeam(faults, team, { namespaces: team.namespaces, onEks: true }, own);
    for (const namespace of team.namespaces) faults.oneOf(own("namespaces"), namespace, names);
  }
}
