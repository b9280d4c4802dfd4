import { KUBERNETES_VERSIONS } from "../../lib/eks/kubernetes-version";
import type { PodSecurityLevel } from "../../lib/kubernetes/pod-security";
import { checkPodSecurity } from "../../lib/render/checks/check-pod-security";
import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import type { Made } from "./made";
import { PODS } from "./pod-security-table";
import { deployment, pod } from "./pods";

const LEVELS: readonly PodSecurityLevel[] = ["restricted", "baseline", "privileged"];

/** Rules that came without a version of their own: the server's own version decides, whatever the namespace says. */
const DECIDED_BY_PROGRAM = ["volume image"];

/**
 * Every pod of the table in a namespace of each level, with the rules of each version: the server refuses exactly those that the check
 * finds fault with. The same inside a Deployment, which the server only warns about.
 */
export async function podSecurityAgrees(cluster: Cluster, made: Made): Promise<string> {
  const versions = Object.keys(KUBERNETES_VERSIONS).filter((version) => minorOf(version) <= minorOf(cluster.version));
  const differences: string[] = [];
  let asked = 0;
  let refused = 0;
  for (const level of LEVELS) {
    for (const version of versions) {
      const namespace = `cluster-run-${level}-${version.replace(".", "-")}`;
      await made.namespace(namespace, labelsFor(level, version));
      for (const [name, change] of Object.entries(PODS)) {
        if (DECIDED_BY_PROGRAM.includes(name) && version !== cluster.version) continue;
        const where = `${name}, ${level} ${version}`;
        const object = pod("table", change);
        const expected = findings(object, level, version);
        const answer = await cluster.http.create(`/api/v1/namespaces/${namespace}/pods`, object, { dryRun: true });
        const byPodSecurity = answer.status === 403 && answer.message.includes("violates PodSecurity");
        expect(answer.status === 201 || byPodSecurity, `${where}: admitted or refused by Pod Security`, answer.message);
        if (byPodSecurity !== expected.length > 0) differences.push(difference(where, answer.message, expected));

        const workload = deployment("table", change);
        const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
        const { status, message, warnings } = await cluster.http.create(path, workload, { dryRun: true });
        expect(status === 201, `${where}: the Deployment admitted`, message);
        const warned = warnings.filter((warning) => warning.includes("would violate PodSecurity"));
        const inWorkload = findings(workload, level, version);
        if (warned.length > 0 !== inWorkload.length > 0)
          differences.push(difference(`${where}, Deployment`, warned.join(), inWorkload));
        asked += 2;
        refused += byPodSecurity ? 1 : 0;
      }
    }
  }
  expect(differences.length === 0, "the check and the server to agree", differences.join("\n"));
  const rows = Object.keys(PODS).length;
  return `${rows} pods, ${LEVELS.length} levels, rules of ${versions.join(", ")}: ${asked} questions, ${refused} pods refused, agreed on all`;
}

function labelsFor(level: PodSecurityLevel, version: string): Record<string, string> {
  const modes = ["enforce", "warn"].map((mode) => `pod-security.kubernetes.io/${mode}`);
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [mode, level],
      [`${mode}-version`, `v${version}`],
    ]),
  );
}

function findings(object: object, level: PodSecurityLevel, version: string): string[] {
  const sourced = { source: "table", namespace: "table", object: object as KubernetesObject };
  return checkPodSecurity(sourced, level, version).map(({ path, message }) => `${path} ${message}`);
}

function difference(where: string, server: string, check: readonly string[]): string {
  return `${where}: server says "${server || "fine"}", check says "${check.join(", ") || "fine"}"`;
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
