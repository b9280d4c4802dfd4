import { clusterRunFolder } from "../engines/folders";
import { listProcesses, stopProcesses } from "../engines/processes";
import { expect, expectSame } from "../expect";
import type { Cluster } from "./cluster";
import type { Made } from "./made";

/** What has no namespace, and what a run may have made of it. */
const COLLECTIONS = [
  "/api/v1/namespaces",
  "/api/v1/persistentvolumes",
  "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
  "/apis/apiregistration.k8s.io/v1/apiservices",
  "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
  "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
  "/apis/rbac.authorization.k8s.io/v1/clusterroles",
  "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  "/apis/scheduling.k8s.io/v1/priorityclasses",
  "/apis/storage.k8s.io/v1/storageclasses",
];

/** Paths of everything outside namespaces. */
export async function inventory({ cleaning }: Cluster): Promise<string[]> {
  const lists = COLLECTIONS.map(async (path) => {
    const { body } = await cleaning.get(path);
    return ((body.items ?? []) as { metadata: { name: string } }[]).map(({ metadata }) => `${path}/${metadata.name}`);
  });
  return (await Promise.all(lists)).flat();
}

/** Takes everything away that the run made. In a cluster of others, what they do meanwhile is not ours to count. */
export async function nothingLeft(cluster: Cluster, made: Made, before: readonly string[]): Promise<string> {
  const names = await made.remove();
  if (!cluster.own) return `${names.length} namespaces removed here, none left of the run`;
  const after = await inventory(cluster);
  expectSame(
    after.filter((path) => !before.includes(path)),
    [],
    "what is left in the cluster",
  );
  return `${after.length} objects outside namespaces, as before the run`;
}

/** Ends what the run started, by its records. */
export async function nothingRuns(): Promise<string> {
  const stopped = await stopProcesses(clusterRunFolder);
  const running = listProcesses(clusterRunFolder);
  expect(running.length === 0, "no process", running);
  return `stopped ${stopped.join(", ")}`;
}
