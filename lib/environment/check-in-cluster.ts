import { type ApplicationFacts, checkApplication } from "../application/check-application";
import type { Faults } from "../core/faults";
import { checkNamespace } from "../kubernetes/namespace-checks";
import { checkPriorityClass } from "../kubernetes/priority-class";
import { checkSecret } from "../kubernetes/secret";
import { checkTeam } from "../kubernetes/team-checks";
import { checkTraffic } from "../kubernetes/traffic-checks";
import type { ApplicationConfig } from "./application-config";
import { checkReleases } from "./check-releases";
import type { InClusterConfig, NamespaceConfig, SecretConfig, TeamConfig } from "./in-cluster-config";
import { allNamespaces } from "./namespace-names";
import type { TrafficConfig } from "./traffic-config";

type Property = (name: string) => string;

/** Adds what is wrong with what an environment installs in its cluster. */
export function checkInCluster(
  faults: Faults,
  config: InClusterConfig,
  facts: ApplicationFacts,
  property: Property,
): void {
  const { namespaces, teams = [], priorityClasses = [], secrets = [], applications = [], releases } = config;
  const names = allNamespaces(config).map(({ namespaceName }) => namespaceName);
  faults.unique(property("namespaces"), names);
  for (const namespace of namespaces) {
    checkNamespaceConfig(faults, namespace, names, (name) => property(`namespaces.${namespace.namespaceName}.${name}`));
  }
  checkTeams(faults, teams, names, facts.onEks, property);
  faults.unique(
    property("priorityClasses"),
    priorityClasses.map(({ className }) => className),
  );
  for (const priorityClass of priorityClasses) {
    checkPriorityClass(faults, priorityClass, (name) => property(`priorityClasses.${priorityClass.className}.${name}`));
  }
  checkSecrets(faults, secrets, names, property);
  checkApplications(faults, applications, config, facts, property);
  checkReleases(faults, releases, names, property);
}

function checkSecrets(
  faults: Faults,
  secrets: readonly SecretConfig[],
  names: readonly string[],
  property: Property,
): void {
  faults.unique(
    property("secrets"),
    secrets.map(({ namespace, secretName }) => `${namespace}/${secretName}`),
  );
  for (const { namespace, ...options } of secrets) {
    const own: Property = (name) => property(`secrets.${options.secretName}.${name}`);
    faults.oneOf(own("namespace"), namespace, names);
    checkSecret(faults, options, own);
  }
}

function checkApplications(
  faults: Faults,
  applications: readonly ApplicationConfig[],
  { releases, ...config }: InClusterConfig,
  facts: ApplicationFacts,
  property: Property,
): void {
  const names = allNamespaces({ releases, ...config }).map(({ namespaceName }) => namespaceName);
  const known = releases.map(({ namespace, name }) => `${namespace}/${name}`);
  faults.unique(
    property("applications"),
    applications.map(({ applicationName }) => applicationName),
  );
  for (const application of applications) {
    const own: Property = (name) => property(`applications.${application.applicationName}.${name}`);
    const { namespace, allow = [], after = [] } = application;
    checkApplication(faults, application, facts, own);
    faults.oneOf(own("namespace"), namespace, names);
    for (const before of after) faults.oneOf(own("after"), before, known);
    for (const [index, traffic] of allow.entries()) checkPeers(faults, traffic, names, index, own);
  }
}

function checkNamespaceConfig(
  faults: Faults,
  namespace: NamespaceConfig,
  names: readonly string[],
  property: Property,
): void {
  checkNamespace(faults, namespace, property);
  for (const [index, traffic] of (namespace.allow ?? []).entries()) {
    checkTraffic(faults, traffic, (name) => property(`allow[${index}].${name}`));
    checkPeers(faults, traffic, names, index, property);
  }
}

/** Namespaces are named, and must be there. */
function checkPeers(
  faults: Faults,
  traffic: TrafficConfig,
  names: readonly string[],
  index: number,
  property: Property,
): void {
  for (const direction of ["to", "from"] as const) {
    const peer = traffic[direction];
    if (typeof peer !== "object" || !("namespace" in peer)) continue;
    faults.oneOf(property(`allow[${index}].${direction}`), peer.namespace, names);
  }
}

function checkTeams(
  faults: Faults,
  teams: readonly TeamConfig[],
  names: readonly string[],
  onEks: boolean,
  property: Property,
): void {
  faults.unique(
    property("teams"),
    teams.map(({ teamName }) => teamName),
  );
  for (const team of teams) {
    const own: Property = (name) => property(`teams.${team.teamName}.${name}`);
    checkTeam(faults, team, { namespaces: team.namespaces, onEks }, own);
    for (const namespace of team.namespaces) faults.oneOf(own("namespaces"), namespace, names);
  }
}
