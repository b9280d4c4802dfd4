import { nearest } from "../../../core/nearest";
import { apiGroup, type KubernetesObject } from "../../objects/kubernetes-object";
import { schemaData, servedKinds } from "../kubernetes-schemas";
import type { Violation } from "./violations";

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A group that Kubernetes had before the versions of the data file. */
const GONE = "extensions";

/** Whether the group of an object is Kubernetes' own. */
export function isBuiltIn(object: KubernetesObject): boolean {
  const group = apiGroup(object);
  return group === GONE || Object.keys(schemaData().versions).some((version) => kindsOf(version).some(inGroup(group)));
}

/** A kind of Kubernetes' own that a version does not have. */
export function unserved(object: KubernetesObject, kubernetesVersion: string): Violation {
  const { apiVersion, kind } = object;
  const message = `Kubernetes ${kubernetesVersion} does not serve ${apiVersion} ${kind}`;
  const path = "apiVersion";
  const sameKind = kindsOf(kubernetesVersion).filter((each) => each.kind === kind);
  const sameGroup = sameKind.filter(inGroup(apiGroup(object)));
  const [best] = (sameGroup.length > 0 ? sameGroup : sameKind).map((each) => each.apiVersion).sort(byStability);
  const first = Object.entries(schemaData().versions).find(([, kinds]) => `${apiVersion} ${kind}` in kinds)?.[0];
  if (first && isOlder(kubernetesVersion, first)) {
    return { path, message, fix: `${first} is the first version that does${best ? `; use ${best} before` : ""}` };
  }
  if (best) return { path, message, fix: `use ${best}` };
  const inVersion = kindsOf(kubernetesVersion).filter((each) => each.apiVersion === apiVersion);
  const meant = nearest(
    kind,
    inVersion.map((each) => each.kind),
  );
  return { path: "kind", message, fix: meant ? `did you mean ${meant}?` : "remove the object" };
}

/** Beta APIs from before 1.24 stayed on. This is the last of them. */
const BETA_THAT_IS_ON = "flowcontrol.apiserver.k8s.io/v1beta3";

/** Alpha and beta APIs, which API servers have and do not serve until they are switched on. */
export function isOffByDefault({ apiVersion }: KubernetesObject): boolean {
  return /(^|\/)v\d+(alpha|beta)\d+$/.test(apiVersion) && apiVersion !== BETA_THAT_IS_ON;
}

function kindsOf(kubernetesVersion: string): Kind[] {
  return Object.keys(servedKinds(kubernetesVersion)).map((key) => {
    const [apiVersion = "", kind = ""] = key.split(" ");
    return { apiVersion, kind };
  });
}

function inGroup(group: string): (kind: Kind) => boolean {
  return ({ apiVersion }) => apiVersion.slice(0, Math.max(0, apiVersion.indexOf("/"))) === group;
}

/** v2 before v1, v1 before v1beta2, v1beta2 before v1beta1, and alphas at the end. */
function byStability(a: string, b: string): number {
  const rank = (apiVersion: string) => {
    const [, major, stage, minor] = apiVersion.match(/v(\d+)(alpha|beta)?(\d+)?$/) ?? [];
    return [stage === undefined ? 2 : stage === "beta" ? 1 : 0, Number(major), Number(minor ?? 0)] as const;
  };
  const [first, second] = [rank(a), rank(b)];
  return second[0] - first[0] || second[1] - first[1] || second[2] - first[2];
}

function isOlder(version: string, other: string): boolean {
  return Number(version.split(".")[1]) < Number(other.split(".")[1]);
}
