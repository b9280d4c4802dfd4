import type { TeamConfig } from "../../lib/environment/in-cluster-config";
import type { KubernetesObject, SourcedObject } from "../../lib/render/objects/kubernetes-object";
import { PLATFORM } from "../../lib/render/stack/platform-objects";
import type { StackFile } from "../../lib/render/stack/stack-file";
import type { StackRelease } from "../../lib/render/stack/stack-releases";

/** An environment as it was synthesised and rendered, and what its record says of teams. */
export interface Environment {
  readonly name: string;
  readonly teams: readonly TeamConfig[];
  readonly stack: StackFile;
  readonly releases: readonly StackRelease[];
  /** What Terraform makes itself, and what the releases make. */
  readonly objects: readonly SourcedObject[];
  /** Where `eks-platform render` wrote them. */
  readonly files: string;
}

export function platformOf({ objects }: Environment): SourcedObject[] {
  return objects.filter(({ source }) => source === PLATFORM);
}

/** Platform objects of a kind, as they are rendered. */
export function platformKind(environment: Environment, kind: string): KubernetesObject[] {
  return platformOf(environment)
    .map(({ object }) => object)
    .filter((object) => object.kind === kind);
}

/** Names of the namespaces that the platform makes. */
export function namespacesOf(environment: Environment): string[] {
  return platformKind(environment, "Namespace").map(nameOf);
}

export function nameOf({ metadata }: KubernetesObject): string {
  return metadata.name ?? "";
}

/** Objects by what they are: `2 Role, 3 Namespace`. */
export function counted(objects: readonly KubernetesObject[]): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => `${objects.filter((object) => object.kind === kind).length} ${kind}`).join(", ");
}
