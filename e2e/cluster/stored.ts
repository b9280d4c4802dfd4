import { expect } from "../expect";
import { placed } from "./apply";
import type { Cluster } from "./cluster";
import { Discovery } from "./discovery";
import { type Environment, nameOf, platformKind, platformOf } from "./environment";

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** What the server gives back is what was rendered: otherwise every plan of Terraform would find a change. */
export async function storedAsRendered(cluster: Cluster, environment: Environment): Promise<string> {
  const discovery = new Discovery(cluster);
  const differences: string[] = [];
  const objects = platformOf(environment).filter(
    ({ namespace, object }) => cluster.own || namespace !== undefined || object.kind === "Namespace",
  );
  for (const sourced of objects) {
    const object = withoutValues(placed(sourced));
    const collection = await discovery.collection(object, sourced.namespace ?? "");
    const { body } = await cluster.http.get(`${collection}/${encodeURIComponent(nameOf(object))}`);
    // Whatever a network policy says more than was written would let something else through.
    const exact = object.kind === "NetworkPolicy" ? ["spec"] : [];
    differences.push(
      ...differ(object, withoutValues(body), "", exact).map((where) => `${object.kind} ${nameOf(object)}: ${where}`),
    );
  }
  expect(differences.length === 0, "every field as it was rendered", differences.join("\n"));
  const policies = platformKind(environment, "NetworkPolicy").length;
  return `${objects.length} objects as rendered, ${policies} network policies without a field more`;
}

/** The keys of a Secret: its values are given at apply, and the server keeps them under another name. */
function withoutValues<T extends object>(object: T & { stringData?: object; data?: object; kind?: unknown }): T {
  if (object.kind !== "Secret") return object;
  const { stringData, data, ...rest } = object;
  const keys = Object.keys(stringData ?? data ?? {}).sort();
  return { ...rest, keys } as unknown as T;
}

/** A claim that names no class gets the one that is the default, and there is only one. */
export async function oneDefaultClass(cluster: Cluster, environment: Environment): Promise<string> {
  const rendered = platformKind(environment, "StorageClass").filter(isDefault).map(nameOf);
  const { body } = await cluster.http.get("/apis/storage.k8s.io/v1/storageclasses");
  const stored = ((body.items ?? []) as ReturnType<typeof placed>[]).filter(isDefault).map(nameOf);
  expect(stored.length === 1 && stored.join() === rendered.join(), `one default class: ${rendered}`, stored);

  const [namespace] = platformKind(environment, "Namespace").map(nameOf);
  const answer = await cluster.http.create(
    `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "without-a-class" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    },
    { dryRun: true },
  );
  expect(answer.status === 201, "a claim without a class to be admitted", answer.message);
  const { storageClassName } = answer.body.spec as { storageClassName?: string };
  expect(storageClassName === stored[0], `the class ${stored[0]} for it`, storageClassName);
  return `${stored[0]}; a claim without a class got it`;
}

function isDefault({ metadata }: ReturnType<typeof placed>): boolean {
  return metadata.annotations?.[DEFAULT_CLASS] === "true";
}

/** Where the second lacks or changes something of the first; below the exact fields also where it has more. */
function differ(rendered: unknown, stored: unknown, path: string, exact: readonly string[]): string[] {
  // The API leaves out what is false.
  if (rendered === false && stored === undefined) return [];
  if (typeof rendered !== "object" || rendered === null) {
    return rendered === stored
      ? []
      : [`${path} is ${JSON.stringify(stored)}, was rendered ${JSON.stringify(rendered)}`];
  }
  const [one, other] = [rendered, (stored ?? {}) as object].map((value) => Object.entries(value));
  const isExact = exact.some((field) => path === field || path.startsWith(`${field}.`)) || Array.isArray(rendered);
  const written = Object.fromEntries(one ?? []);
  const more = (other ?? [])
    .filter(([key]) => isExact && !(key in written))
    .map(([key]) => `${path}.${key} was not rendered`);
  const found = Object.fromEntries(other ?? []);
  return [
    ...more,
    ...(one ?? []).flatMap(([key, value]) => differ(value, found[key], path ? `${path}.${key}` : key, exact)),
  ];
}
