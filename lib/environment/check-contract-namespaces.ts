import type { Faults } from "../core/faults";
import type { InClusterConfig, TeamConfig } from "./in-cluster-config";
import { allNamespaces, namespaceOf } from "./namespace-names";

const WHY = "whoever deploys there reads every Secret and runs pods as any service account";

/**
 * Adds what a team with a contract would reach of others in its namespaces. Kubernetes draws its line around a namespace: who may write pods
 * there mounts any Secret of it and takes any service account, with its roles in AWS and in the cluster. A release says nothing of whose it is,
 * and what the platform installs is the platform's: what is the team's own, the team installs.
 */
export function checkContractNamespaces(
  faults: Faults,
  inCluster: InClusterConfig,
  property: (name: string) => string,
): void {
  const { teams = [] } = inCluster;
  for (const [index, team] of teams.entries()) {
    if (team.contract === undefined) continue;
    const own = property(`inCluster.teams.${team.teamName}.namespaces`);
    // Of two with contracts the later one says it.
    const others = teams.filter((other, at) => other !== team && (other.contract === undefined || at < index));
    for (const namespace of new Set(team.namespaces)) {
      for (const other of others.filter(({ namespaces }) => namespaces.includes(namespace))) {
        const rule = `must not have a namespace of ${other.teamName}: the team has a contract`;
        faults.add(own, rule, namespace, `${WHY}; give each namespaces of its own`);
      }
      checkContents(faults, own, inCluster, team, namespace);
    }
  }
}

function checkContents(
  faults: Faults,
  property: string,
  inCluster: InClusterConfig,
  { teamName }: TeamConfig,
  namespace: string,
): void {
  const { applications = [], secrets = [], releases } = inCluster;
  const holds = (what: string, fix: string) =>
    faults.add(
      property,
      `must not have a namespace with ${what}: the team has a contract`,
      namespace,
      `${WHY}; ${fix}`,
    );
  for (const application of applications) {
    if (namespaceOf(application) !== namespace || application.team === teamName) continue;
    const fix = `put ${application.applicationName} of ${application.team} elsewhere`;
    holds("another team's application", fix);
  }
  for (const secret of secrets) {
    if (secret.namespace !== namespace || secret.labels?.team === teamName) continue;
    const label = `{ team: ${JSON.stringify(teamName)} }`;
    holds("a Secret of the platform", `give ${secret.secretName} the label ${label} if it is for the team`);
  }
  for (const release of releases) {
    if (release.namespace !== namespace) continue;
    holds("a release of the platform", `let the team install ${release.name}, or put it elsewhere`);
  }
  const known = allNamespaces(inCluster, true).find(({ namespaceName }) => namespaceName === namespace);
  if (known?.podSecurity?.level !== "privileged") return;
  const fix = "its pods could read a node's disk, with the Secrets of every pod there";
  faults.add(property, "must not have a privileged namespace: the team has a contract", namespace, fix);
}
