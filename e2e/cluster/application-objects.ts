import type { Cluster } from "./cluster";
import type { HelmPlan } from "./helm";

interface Metadata {
  readonly name: string;
  readonly uid: string;
  readonly creationTimestamp: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly uid: string }[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly Variable[];
}

export interface Pod {
  readonly metadata: Metadata;
  readonly spec: { readonly serviceAccountName: string; readonly containers: readonly [Container] };
  readonly status: { readonly phase: string };
}

export interface Job {
  readonly metadata: Metadata;
  readonly spec: { readonly template: Pick<Pod, "spec"> };
  readonly status: {
    readonly startTime: string;
    readonly completionTime?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
}

export type Component = "web" | "migrate" | "test";

/** Pods of a release that are not on their way out. */
export async function podsOf(cluster: Cluster, plan: HelmPlan, component: Component): Promise<Pod[]> {
  const pods = await list<Pod>(cluster, plan, "/api/v1", "pods", component);
  return pods.filter(({ metadata }) => !("deletionTimestamp" in metadata));
}

/** The one Job of a release. */
export async function migrationOf(cluster: Cluster, plan: HelmPlan): Promise<Job> {
  const jobs = await list<Job>(cluster, plan, "/apis/batch/v1", "jobs", "migrate");
  const [job] = jobs;
  if (!job || jobs.length > 1) throw new Error(`expected one migration of ${plan.releaseName}, found ${jobs.length}`);
  return job;
}

export function imageOf({ spec }: Pick<Pod, "spec">): string {
  return spec.containers[0].image;
}

/** Secrets and keys that pods read: without them no node would start a container. */
export function secretKeysOf(pods: readonly Pod[]): string[] {
  const references = pods
    .flatMap(({ spec }) => spec.containers[0].env ?? [])
    .map((each) => each.valueFrom?.secretKeyRef);
  return [...new Set(references.flatMap((each) => (each ? [`${each.name} ${each.key}`] : [])))];
}

export function uidsOf(pods: readonly Pod[]): string[] {
  return pods.map(({ metadata }) => metadata.uid).sort();
}

async function list<T>(
  { http }: Cluster,
  { namespace, releaseName }: HelmPlan,
  group: string,
  kind: string,
  component: Component,
): Promise<T[]> {
  const labels = `app.kubernetes.io/instance=${releaseName},app.kubernetes.io/component=${component}`;
  const path = `${group}/namespaces/${namespace}/${kind}?labelSelector=${encodeURIComponent(labels)}`;
  return ((await http.get(path)).body.items ?? []) as T[];
}

/** Names of everything in a namespace but what the cluster itself writes of it. */
export async function everythingIn(cluster: Cluster, namespace: string): Promise<string[]> {
  const listed = await cluster.mustKubectl("api-resources", "--namespaced", "--verbs=list", "--output=name");
  const kinds = listed.split("\n").filter((kind) => kind !== "" && !/^(events|endpoints)\b/.test(kind));
  const found = await cluster.mustKubectl("get", kinds.join(), "--namespace", namespace, "--output=name");
  return found
    .split("\n")
    .filter((name) => name !== "")
    .sort();
}

/** Takes a release away if it is there, and what hooks leave behind. */
export async function removeApplication(cluster: Cluster, { namespace, releaseName }: HelmPlan): Promise<void> {
  await cluster.helm("uninstall", releaseName, "--namespace", namespace, "--wait", "--ignore-not-found");
  const label = `app.kubernetes.io/instance=${releaseName}`;
  await cluster.mustKubectl("delete", "job,pod", "--namespace", namespace, "--selector", label);
}
