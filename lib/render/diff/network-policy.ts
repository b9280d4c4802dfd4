import { apiGroup, type KubernetesObject } from "../objects/kubernetes-object";
import { blockCovers } from "./cidr-cover";
import { mayOverlap, selectorCovers, selectorText } from "./label-selector";
import type { Mark } from "./marks";
import { at, listAt } from "./plain-data";

/** @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
const DIRECTIONS = [
  { type: "Ingress", rules: "ingress", peers: "from" },
  { type: "Egress", rules: "egress", peers: "to" },
] as const;

type Direction = (typeof DIRECTIONS)[number];

export function isNetworkPolicy(object: KubernetesObject): boolean {
  return object.kind === "NetworkPolicy" && apiGroup(object) === "networking.k8s.io";
}

/** The policies of one namespace, before and after. */
export interface NamespacePolicies {
  readonly before: readonly KubernetesObject[];
  readonly after: readonly KubernetesObject[];
}

/**
 * Marks a policy that lets through what nothing let through before. Policies add up, so it is held against all policies of its namespace:
 * a new one that opens a door in a closed namespace widens it, the first one in an open namespace does not. Where texts do not show that
 * nothing opens, it is marked.
 *
 * @param base The same policy before; undefined if it is new.
 */
export function networkPolicyMarks(
  base: KubernetesObject | undefined,
  head: KubernetesObject,
  { before, after }: NamespacePolicies,
): Mark[] {
  const gains = DIRECTIONS.flatMap((direction) => [
    ...(base ? freed(base, head, after, direction) : []),
    ...opened(head, before, direction),
  ]);
  return gains.length > 0 ? [{ mark: "network-policy-widened", gains }] : [];
}

/** Pods that the policy limited, and that nothing may limit any more. */
function freed(
  base: KubernetesObject,
  head: KubernetesObject,
  after: readonly KubernetesObject[],
  direction: Direction,
): string[] {
  const isHeld = (policy: KubernetesObject) =>
    isLimited(policy, direction) && selectorCovers(podSelector(policy), podSelector(base));
  if (!isLimited(base, direction) || after.some(isHeld)) return [];
  return [
    `${direction.rules} ${isLimited(head, direction) ? "of pods that it does not select any more" : "without limit"}`,
  ];
}

/** Rules for pods that were limited, and that no policy for all of these pods had. */
function opened(head: KubernetesObject, before: readonly KubernetesObject[], direction: Direction): string[] {
  const limited = before.filter((policy) => isLimited(policy, direction));
  const pods = podSelector(head);
  if (!isLimited(head, direction) || !limited.some((policy) => mayOverlap(podSelector(policy), pods))) return [];
  const open = limited
    .filter((policy) => selectorCovers(podSelector(policy), pods))
    .flatMap((policy) => listAt(policy, "spec", direction.rules));
  return listAt(head, "spec", direction.rules)
    .filter((rule) => !open.some((owned) => ruleCovers(owned, rule, direction)))
    .map((rule) => ruleText(rule, direction));
}

function podSelector(policy: KubernetesObject): unknown {
  return at(policy, "spec", "podSelector");
}

/** Without `policyTypes`, ingress always is limited, and egress if there are rules for it. */
function isLimited(policy: KubernetesObject, { type, rules }: Direction): boolean {
  const types = at(policy, "spec", "policyTypes");
  if (Array.isArray(types) && types.length > 0) return types.includes(type);
  return type === "Ingress" || listAt(policy, "spec", rules).length > 0;
}

/** Nothing named is everything: an empty list of peers or of ports limits nothing. */
function ruleCovers(outer: unknown, inner: unknown, { peers }: Direction): boolean {
  return (
    listCovers(listAt(outer, peers), listAt(inner, peers), peerCovers) &&
    listCovers(listAt(outer, "ports"), listAt(inner, "ports"), portCovers)
  );
}

function listCovers(
  outer: readonly unknown[],
  inner: readonly unknown[],
  covers: (one: unknown, other: unknown) => boolean,
): boolean {
  if (outer.length === 0) return true;
  return inner.length > 0 && inner.every((item) => outer.some((owned) => covers(owned, item)));
}

function peerCovers(outer: unknown, inner: unknown): boolean {
  if (at(outer, "ipBlock") || at(inner, "ipBlock")) {
    return (
      Boolean(at(outer, "ipBlock") && at(inner, "ipBlock")) && blockCovers(at(outer, "ipBlock"), at(inner, "ipBlock"))
    );
  }
  const [namespaces, innerNamespaces] = [at(outer, "namespaceSelector"), at(inner, "namespaceSelector")];
  // Without a selector of namespaces, the policy's own namespace is meant.
  const sameNamespaces =
    namespaces === undefined
      ? innerNamespaces === undefined
      : innerNamespaces !== undefined && selectorCovers(namespaces, innerNamespaces);
  return sameNamespaces && selectorCovers(at(outer, "podSelector"), at(inner, "podSelector"));
}

function portCovers(outer: unknown, inner: unknown): boolean {
  if (protocolOf(outer) !== protocolOf(inner)) return false;
  const [port, innerPort] = [at(outer, "port"), at(inner, "port")];
  if (port === undefined) return true;
  const numbers = typeof port === "number" && typeof innerPort === "number";
  const reaches = Number(lastPort(inner)) <= Number(lastPort(outer));
  return numbers ? port <= innerPort && reaches : port === innerPort;
}

function protocolOf(port: unknown): unknown {
  return at(port, "protocol") ?? "TCP";
}

function lastPort(port: unknown): unknown {
  return at(port, "endPort") ?? at(port, "port");
}

function ruleText(rule: unknown, { rules, peers }: Direction): string {
  const who = listAt(rule, peers).map(peerText);
  const ports = listAt(rule, "ports").map(portText);
  return `${rules} ${peers} ${who.length > 0 ? who.join(", ") : "anywhere"} on ${ports.length > 0 ? ports.join(", ") : "all ports"}`;
}

function peerText(peer: unknown): string {
  const block = at(peer, "ipBlock");
  if (block) {
    const except = listAt(block, "except");
    return `${at(block, "cidr")}${except.length > 0 ? ` except ${except.join(", ")}` : ""}`;
  }
  const namespaces = at(peer, "namespaceSelector");
  const pods = `pods ${selectorText(at(peer, "podSelector"))}`;
  return namespaces === undefined ? pods : `${pods} in namespaces ${selectorText(namespaces)}`;
}

function portText(port: unknown): string {
  const number = at(port, "port");
  const last = at(port, "endPort");
  return `${protocolOf(port)}${number === undefined ? "" : ` ${number}${last === undefined ? "" : `-${last}`}`}`;
}
