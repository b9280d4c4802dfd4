import type { KubernetesObject, SourcedObject } from "../../lib/render/objects/kubernetes-object";
import { expect, expectSame } from "../expect";
import type { Cluster } from "./cluster";
import type { Made } from "./made";

const MANAGER = "--field-manager=cluster-run";

/** The object with the namespace that it is made in. */
export function placed({ object, namespace }: SourcedObject): KubernetesObject {
  return namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

/**
 * Server-side apply with strict validation. What lies in namespaces of the run is stored. The rest is stored in a control plane of our own
 * and only tried in a given cluster. Answers the files of what was stored.
 */
export async function apply(cluster: Cluster, made: Made, objects: readonly SourcedObject[]): Promise<string[]> {
  const isOurs = ({ object, namespace }: SourcedObject) =>
    made.has(namespace ?? (object.kind === "Namespace" ? (object.metadata.name ?? "") : ""));
  const ours = objects.filter(isOurs);
  const others = objects.filter((object) => !isOurs(object));
  const stored: string[] = [];
  const store = async (some: readonly SourcedObject[]) => {
    if (some.length === 0) return;
    const file = cluster.file(some.map(placed));
    stored.push(file);
    made.file(file);
    expectSame(await applyFile(cluster, ["-f", file]), [], "warnings of the server");
  };
  // A priority class or a storage class comes before what names it.
  if (cluster.own) await store(others);
  else if (others.length > 0) {
    expectSame(await dryRun(cluster, others.map(placed)), [], "warnings of the server");
  }
  await store(ours);
  return stored;
}

/** As `apply`, with nothing stored: admission, validation and quotas speak all the same. Answers the server's warnings. */
export async function dryRun(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<string[]> {
  return applyFile(cluster, ["--dry-run=server", "-f", cluster.file(objects)]);
}

async function applyFile(cluster: Cluster, args: readonly string[]): Promise<string[]> {
  const { exitCode, stderr } = await cluster.kubectl("apply", "--server-side", "--validate=strict", MANAGER, ...args);
  expect(exitCode === 0, "the server to take it", stderr.trim());
  return stderr.split("\n").filter((line) => line.startsWith("Warning:"));
}
