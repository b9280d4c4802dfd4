import { existsSync } from "node:fs";
import { apiGroup, type KubernetesObject, type SourcedObject } from "../../lib/render/objects/kubernetes-object";
import { expect, expectSame } from "../expect";
import { apply, dryRun, placed } from "./apply";
import type { Cluster } from "./cluster";
import { type Environment, nameOf } from "./environment";
import type { Made } from "./made";

const TEMPLATES: Readonly<Record<string, (spec: Fields) => unknown>> = {
  CronJob: (spec) => ((spec.jobTemplate as Fields).spec as Fields).template,
  DaemonSet: (spec) => spec.template,
  Deployment: (spec) => spec.template,
  Job: (spec) => spec.template,
  ReplicaSet: (spec) => spec.template,
  StatefulSet: (spec) => spec.template,
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Every object of every release by a dry run of the server. Pods that controllers would make are tried as pods, because Pod Security, the
 * quota and the limit range refuse those and not the workload.
 */
export async function releasesAreAdmitted(cluster: Cluster, made: Made, environment: Environment): Promise<string> {
  const rendered = environment.objects.filter(({ source }) =>
    environment.releases.some((release) => release.source === source),
  );
  const first = ["CustomResourceDefinition", "ServiceAccount"];
  // A pod is refused whose account is not there, and an object whose kind is not. Helm would not take over what others made.
  const before = await apply(
    cluster,
    made,
    rendered.filter(({ object }) => first.includes(object.kind)),
  );
  try {
    await definitionsAreServed(cluster, rendered);
    const results: string[] = [];
    const groups = cluster.own ? [] : definedGroups(rendered);
    const tried = rendered.filter(({ object }) => !groups.includes(apiGroup(object)));
    for (const { source } of environment.releases) {
      const objects = tried.filter((sourced) => sourced.source === source);
      results.push(`${source}: ${await isAdmitted(cluster, made, source, objects)}`);
    }
    if (groups.length === 0 && existsSync(environment.files)) results.push(await filesAreTheSame(cluster, environment));
    if (tried.length < rendered.length) results.push(`${rendered.length - tried.length} custom resources not tried`);
    return results.join("\n");
  } finally {
    for (const file of before) await made.removeFile(file);
  }
}

/** Whose kinds a given cluster does not have, because the definitions are not stored there. */
function definedGroups(objects: readonly SourcedObject[]): string[] {
  const definitions = objects.filter(({ object }) => object.kind === "CustomResourceDefinition");
  return definitions.map(({ object }) => (object.spec as { readonly group: string }).group);
}

async function isAdmitted(
  cluster: Cluster,
  made: Made,
  source: string,
  objects: readonly SourcedObject[],
): Promise<string> {
  expect(objects.length > 0, `objects of ${source}`, "none");
  const warnings = await dryRun(cluster, objects.map(placed)).catch((error: Error) => {
    throw new Error(`${source}: ${error.message}`);
  });
  const pods = objects.filter(({ namespace }) => cluster.own || made.has(namespace ?? "")).flatMap(podsOf);
  for (const pod of pods) {
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods`;
    const { status, message } = await cluster.http.create(path, pod, { dryRun: true });
    expect(status === 201, `${source}: a pod of ${nameOf(pod)} to be admitted`, message);
  }
  const warned = warnings.length > 0 ? `, ${warnings.length} warnings (${warnings[0]})` : "";
  return `${objects.length} objects, ${pods.length} pods${warned}`;
}

/** The files of `eks-platform render` as kubectl reads them: what people look at is what was tried. */
async function filesAreTheSame(cluster: Cluster, { files, objects }: Environment): Promise<string> {
  const read = ["create", "--dry-run=client", "--validate=false", "--output=json", "--recursive", "-f", files];
  const found = documents(await cluster.mustKubectl(...read));
  const sorted = (some: readonly KubernetesObject[]) =>
    some.map((object) => JSON.parse(JSON.stringify(object))).sort((one, other) => (key(one) < key(other) ? -1 : 1));
  expectSame(sorted(found), sorted(objects.map(placed)), "the files");
  return `${objects.length} files as kubectl reads them`;
}

/** kubectl prints object after object, with nothing between them. */
function documents(text: string): KubernetesObject[] {
  return text
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== "")
    .map((part) => JSON.parse(part) as KubernetesObject);
}

function key({ apiVersion, kind, metadata }: KubernetesObject): string {
  return [apiVersion, kind, metadata.namespace, metadata.name, metadata.generateName].join(" ");
}

async function definitionsAreServed(cluster: Cluster, objects: readonly SourcedObject[]): Promise<void> {
  const definitions = objects.filter(({ object }) => object.kind === "CustomResourceDefinition");
  if (definitions.length === 0 || !cluster.own) return;
  const names = definitions.map(({ object }) => `crd/${nameOf(object)}`);
  await cluster.mustKubectl("wait", "--for=condition=Established", "--timeout=60s", ...names);
}

/** The pod that a workload's controller would make. */
function podsOf({ object, namespace }: SourcedObject): KubernetesObject[] {
  const template = TEMPLATES[object.kind]?.((object.spec ?? {}) as Fields) as Fields | undefined;
  if (!template) return [];
  const metadata = { ...(template.metadata as Fields), name: nameOf(object), namespace };
  const pod = { ...template, apiVersion: "v1", kind: "Pod", metadata } as KubernetesObject;
  return [object.kind === "StatefulSet" ? withClaims(pod, object) : pod];
}

/** The controller adds a volume for each claim template. */
function withClaims(pod: KubernetesObject, { spec }: KubernetesObject): KubernetesObject {
  const claims = ((spec as Fields).volumeClaimTemplates ?? []) as KubernetesObject[];
  const { volumes = [], ...rest } = pod.spec as { readonly volumes?: readonly object[] };
  const added = claims.map((claim) => ({ name: nameOf(claim), persistentVolumeClaim: { claimName: nameOf(claim) } }));
  return { ...pod, spec: { ...rest, volumes: [...volumes, ...added] } };
}
