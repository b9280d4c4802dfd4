import { resolve } from "node:path";
import type { TeamConfig } from "../../lib/environment/in-cluster-config";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import { type Environment, namespacesOf } from "./environment";
import { failed, Helm, type HelmPlan, planOf, succeeded } from "./helm";
import type { Person } from "./kubernetes-http";
import { askers } from "./people";

const APP: Omit<HelmPlan, "namespace"> = {
  releaseName: "cluster-run-app",
  chart: resolve(__dirname, "app-chart"),
  values: "{}",
  flags: ["--atomic", "--wait", "--wait-for-jobs", "--timeout=120s"],
  upgradeFlags: ["--cleanup-on-fail", "--history-max=5"],
};

/** A chart as applications have them, in a namespace of a team. */
export function appPlan({ teams }: Environment): HelmPlan {
  const [namespace] = teams.flatMap(({ namespaces }) => namespaces);
  if (namespace === undefined) throw new Error("there is no team");
  return { ...APP, namespace };
}

/**
 * Whoever has a team's `deploy` role installs, upgrades and removes a chart with workloads, a hook, Secrets and an account of its own in each
 * namespace of the team, and a chart of the project; in every other namespace Helm is refused.
 */
export async function deployRoleDeploys(cluster: Cluster, environment: Environment): Promise<string> {
  const helm = new Helm(cluster);
  const done: string[] = [];
  const projectCharts = environment.releases.filter(({ releaseName }) => releaseName === "platform-info");
  for (const team of environment.teams) {
    const person = whoDeploys(environment, team);
    if (!person) continue;
    for (const namespace of team.namespaces) {
      const own = projectCharts.map((release) => ({ ...planOf(environment.stack, release), namespace }));
      for (const plan of [...own, { ...APP, namespace }].map((each) => ({ ...each, as: person }))) {
        succeeded(await helm.install(plan));
        succeeded(await helm.upgrade(plan));
        succeeded(await helm.uninstall(plan));
      }
    }
    const others = namespacesOf(environment).filter((namespace) => !team.namespaces.includes(namespace));
    for (const namespace of others) {
      const reason = failed(await helm.install({ ...APP, namespace, as: person }), `${person.user} in ${namespace}`);
      expect(reason.includes("is forbidden"), `${person.user} in ${namespace} to be forbidden`, reason);
    }
    done.push(
      `${person.user}: installs, upgrades and removes in ${team.namespaces.join(", ")}; refused in ${others.join(", ")}`,
    );
  }
  expect(done.length > 0, "a team with somebody who has the role deploy", "none");
  return done.join("\n");
}

/** Somebody of this team alone who has the role, by the groups of an access entry. A contract may give `traffic` beside it. */
export function whoDeploys(environment: Environment, { teamName, namespaces }: TeamConfig): Person | undefined {
  const [namespace = ""] = namespaces;
  return askers(environment).find(({ groups, rulesIn }) => {
    const teams = groups.filter((group) => group.startsWith("team:"));
    const isOfTeam = teams.every((group) => group.startsWith(`team:${teamName}:`));
    return isOfTeam && teams.includes(`team:${teamName}:deploy`) && rulesIn(namespace).length > 0;
  });
}
