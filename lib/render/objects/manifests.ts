import type { KubernetesObject } from "./kubernetes-object";
import { readYaml, type YamlDocument } from "./kubernetes-yaml";

/** An object of a chart. */
export interface ChartObject {
  /** File of the chart that it comes from, for example `api/templates/deployment.yaml`. */
  readonly file: string;
  readonly object: KubernetesObject;
}

/** What a chart renders to. */
export interface Manifests {
  /** From folders `crds`, which Helm installs before everything else. */
  readonly crds: readonly ChartObject[];
  /** Templates and hooks. */
  readonly objects: readonly ChartObject[];
  readonly faults: readonly ManifestFault[];
}

export interface ManifestFault {
  readonly severity: "error" | "warning";
  readonly file: string;
  readonly message: string;
}

/** Documents that were read, by their text: a chart is rendered more than once, and CRDs are long. */
export type ReadDocuments = Map<string, readonly YamlDocument[]>;

/** Reads what `helm template` prints. Lists are unpacked, empty documents dropped. */
export function readManifests(output: string, known: ReadDocuments = new Map()): Manifests {
  const crds: ChartObject[] = [];
  const objects: ChartObject[] = [];
  const faults: ManifestFault[] = [];
  let file = "";
  for (const text of output.split(/^---(?=\s|$)/m)) {
    // A file of CRDs may hold several documents; only the first one says where it is from.
    file = /^# Source: (.+)$/m.exec(text)?.[1] ?? file;
    const documents = known.get(text) ?? readYaml(text);
    known.set(text, documents);
    for (const { value, error, repeatedKey } of documents) {
      if (error) faults.push({ severity: "error", file, message: `cannot be read: ${error}` });
      if (repeatedKey) {
        const message = `has the key "${repeatedKey}" twice in the same map, of which the last one wins`;
        faults.push({ severity: "warning", file, message });
      }
      if (value === undefined) continue;
      for (const item of itemsOf(value)) {
        if (isKubernetesObject(item)) (CRD_FOLDER.test(file) ? crds : objects).push({ file, object: item });
        else
          faults.push({
            severity: "error",
            file,
            message: "is no Kubernetes object: apiVersion, kind or name is missing",
          });
      }
    }
  }
  return { crds, objects, faults };
}

const CRD_FOLDER = /^[^/]+(?:\/charts\/[^/]+)*\/crds\//;

/** `List`, and what the API answers as one: the objects in it count. */
function itemsOf(value: unknown): readonly unknown[] {
  const { kind, items } = value as { readonly kind?: unknown; readonly items?: unknown };
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items) ? items.flatMap(itemsOf) : [value];
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (typeof value !== "object" || value === null) return false;
  const { apiVersion, kind, metadata } = value as Partial<KubernetesObject>;
  return [apiVersion, kind, metadata?.name ?? metadata?.generateName].every((text) => typeof text === "string");
}
