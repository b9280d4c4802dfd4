import type { SourcedObject } from "../objects/kubernetes-object";
import { diffLeaves, type Leaf } from "./diff-fields";
import { changedParts } from "./image";
import { immutableMarks } from "./immutable-fields";
import { inOrder, type Mark } from "./marks";
import { isNetworkPolicy, networkPolicyMarks } from "./network-policy";
import type { ObjectPair } from "./object-pairs";
import { podSecurityMarks } from "./pod-security";
import { rbacMarks } from "./rbac";
import { removalMarks } from "./removed-data";

/** Everything that there is, before and after. */
export interface Renderings {
  readonly base: readonly SourcedObject[];
  readonly head: readonly SourcedObject[];
}

/** What should stand out about an object, given all the others. */
export function objectMarks({ base, head }: ObjectPair, all: Renderings): Mark[] {
  if (!head) return base ? inOrder([...removalMarks(base), ...policyRemoved(base)]) : [];
  const opened = [...rbacMarks(base?.object, head.object), ...policyMarks(base, head, all)];
  const leaves = diffLeaves(base?.object, head.object);
  const images = leaves.flatMap(imageMark);
  if (!base) return inOrder([...opened, ...images]);
  return inOrder([
    ...opened,
    ...images,
    ...movedMarks(base, head),
    ...immutableMarks(base.object, head.object),
    ...podSecurityMarks(base.object, head.object),
    ...leaves.flatMap(sizeMark),
  ]);
}

/** Between releases an object is removed with the one and made by the other. */
function movedMarks(base: SourcedObject, head: SourcedObject): Mark[] {
  if (base.source === head.source) return [];
  return [{ mark: "moved", from: base.source, to: head.source }, ...removalMarks(base)];
}

function policyRemoved({ object }: SourcedObject): Mark[] {
  return isNetworkPolicy(object) ? [{ mark: "network-policy-removed" }] : [];
}

function policyMarks(base: SourcedObject | undefined, head: SourcedObject, all: Renderings): Mark[] {
  if (!isNetworkPolicy(head.object)) return [];
  const [before, after] = [all.base, all.head].map((objects) =>
    objects
      .filter(({ object, namespace }) => isNetworkPolicy(object) && namespace === head.namespace)
      .map(({ object }) => object),
  );
  return networkPolicyMarks(base?.object, head.object, { before: before ?? [], after: after ?? [] });
}

/** A field `image` below `spec`: that of a container, or of an operator's own kind. */
function imageMark({ segments, path, from, to }: Leaf): Mark[] {
  const name = segments.slice(-2).join(".");
  if (segments[0] !== "spec" || !(segments.at(-1) === "image" || name === "image.reference")) return [];
  if (typeof to !== "string") return [];
  if (typeof from !== "string") return [{ mark: "image", path, to, changed: [] }];
  return [{ mark: "image", path, from, to, changed: changedParts(from, to) }];
}

const REPLICAS = /^(replicas|minReplicas|maxReplicas|minReplicaCount|maxReplicaCount)$/;

function sizeMark({ segments, path, from, to }: Leaf): Mark[] {
  const sides = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const [top, field] = segments;
  if (top !== "spec") return [];
  if (segments.length === 2 && typeof field === "string" && REPLICAS.test(field))
    return [{ mark: "replicas", path, ...sides }];
  const place = segments.indexOf("resources");
  const kind = segments[place + 1];
  return place > 0 && (kind === "requests" || kind === "limits") ? [{ mark: "resources", path, ...sides }] : [];
}
