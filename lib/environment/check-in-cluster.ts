import { type ApplicationFacts, checkApplication } from "../application/check-application";
import { madeSecretName } from "../application/password-source";
import type { Faults } from "../core/faults";
import { checkNamespace } from "../kubernetes/namespace-checks";
import { checkPriorityClass } from "../kubernetes/priority-class";
import { checkSecret } from "../kubernetes/secret";
import { checkTeam } from "../kubernetes/team-checks";
import { checkTraffic } from "../kubernetes/traffic-checks";
import type { ApplicationConfig } from "./application-config";
import { checkReleases } from "./check-releases";
import { type AwsPlace, checkTeamContract } from "./check-team-contract";
import type { InClusterConfig, NamespaceConfig, ReleaseConfig, SecretConfig, TeamConfig } from "./in-cluster-config";
import { allNamespaces, namespaceOf } from "./namespace-names";
import type { TrafficConfig } from "./traffic-config";

type Property = (name: string) => string;

/** What there is to know of an environment to judge what it installs in its cluster. */
export interface InClusterFacts extends ApplicationFacts {
  /** @default - none: a cluster without AWS, in which no team can have a contract */
  readonly aws?: AwsPlace;
}

/** Adds what is wrong with what an environment installs in its cluster. */
export function checkInCluster(
  faults: Faults,
  config: InClusterConfig,
  facts: InClusterFacts,
  property: Property,
): void {
  const { namespaces, teams = [], priorityClasses = [], secrets = [], applications = [], releases } = config;
  const names = allNamespaces(config, facts.onEks).map(({ namespaceName }) => namespaceName);
  faults.unique(property("namespaces"), names);
  for (const namespace of namespaces) {
    checkNamespaceConfig(faults, namespace, names, (name) => property(`namespaces.${namespace.namespaceName}.${name}`));
  }
  checkTeams(faults, teams, names, facts, property);
  faults.unique(
    property("priorityClasses"),
    priorityClasses.map(({ className }) => className),
  );
  for (const priorityClass of priorityClasses) {
    checkPriorityClass(faults, priorityClass, (name) => property(`priorityClasses.${priorityClass.className}.${name}`));
  }
  checkSecrets(faults, secrets, names, property);
  checkPasswordSecrets(faults, secrets, applications, property);
  checkApplications(faults, applications, names, releases, facts, property);
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

/** The Secret of a password by `variable` or `externalSecret` has one writer: the application. */
function checkPasswordSecrets(
  faults: Faults,
  secrets: readonly SecretConfig[],
  applications: readonly ApplicationConfig[],
  property: Property,
): void {
  for (const application of applications) {
    const { applicationName, database } = application;
    const made = database && madeSecretName(applicationName, database.password);
    const taken = secrets.some((each) => each.secretName === made && each.namespace === namespaceOf(application));
    const rule = `must not be that of the password of the application ${applicationName}, which makes it`;
    const fix = "give it another name, or name it in the application's 'database.password' as { secretName }";
    faults.check(!taken, property(`secrets.${made}.secretName`), rule, undefined, fix);
  }
}

function checkApplications(
  faults: Faults,
  applications: readonly ApplicationConfig[],
  names: readonly string[],
  releases: readonly ReleaseConfig[],
  facts: ApplicationFacts,
  property: Property,
): void {
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
    const first = applications.find(({ host }) => host !== undefined && host === application.host);
    const rule = `must not be that of ${first?.applicationName}: each has a load balancer of its own, and DNS names one`;
    faults.check(first === undefined || first === application, own("host"), rule, application.host);
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
  { onEks, aws }: InClusterFacts,
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
    checkTeamContract(faults, team, aws, own);
  }
}
