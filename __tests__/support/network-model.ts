import { Address4, Address6 } from "ip-address";
import { platformObjects } from "../../lib/render/stack/platform-objects";
import type { Resources } from "../../lib/render/stack/stack-file";
import type { Synthesized } from "./synth";

type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

export interface PolicyPeer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: LabelSelector;
  readonly podSelector?: LabelSelector;
}

export interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number;
  readonly endPort?: number;
}

/** A NetworkPolicy as Kubernetes reads it. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
    readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  };
}

export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ip: string;
}

/** A pod, or an address outside the cluster. */
export type End = Pod | string;

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: string;
}

export interface NetworkModel {
  /** Labels of each namespace; `kubernetes.io/metadata.name` is added, as Kubernetes does. */
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly policies: readonly NetworkPolicy[];
}

/**
 * Whether a connection is let through, by the rules of the NetworkPolicy specification: both ends must let it, an end without a policy in
 * its direction lets all, policies add up. A range holds pods too where their address lies in it, as it does in EKS. What the
 * specification leaves open (nodes and their own pods, addresses of Services) is left out.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function allowed(model: NetworkModel, { from, to, port, protocol = "TCP" }: Connection): boolean {
  if (from === to) return true;
  const letsOut = lets(model, "Egress", from, (policy) =>
    (policy.spec.egress ?? []).some((rule) => opens(model, policy, rule.to, rule.ports, to, port, protocol)),
  );
  const letsIn = lets(model, "Ingress", to, (policy) =>
    (policy.spec.ingress ?? []).some((rule) => opens(model, policy, rule.from, rule.ports, from, port, protocol)),
  );
  return letsOut && letsIn;
}

function lets(
  { policies }: NetworkModel,
  type: string,
  end: End,
  opensIt: (policy: NetworkPolicy) => boolean,
): boolean {
  if (typeof end === "string") return true;
  const isolating = policies.filter(
    (policy) =>
      policy.metadata.namespace === end.namespace &&
      policyTypes(policy).includes(type) &&
      selects(policy.spec.podSelector ?? {}, end.labels),
  );
  return isolating.length === 0 || isolating.some(opensIt);
}

function policyTypes({ spec }: NetworkPolicy): readonly string[] {
  return spec.policyTypes ?? ["Ingress", ...(spec.egress ? ["Egress"] : [])];
}

function opens(
  model: NetworkModel,
  policy: NetworkPolicy,
  peers: readonly PolicyPeer[] = [],
  ports: readonly PolicyPort[] = [],
  other: End,
  port: number,
  protocol: string,
): boolean {
  const rightPort = ports.length === 0 || ports.some((each) => includesPort(each, port, protocol));
  const rightPeer = peers.length === 0 || peers.some((peer) => includesEnd(model, policy, peer, other));
  return rightPort && rightPeer;
}

function includesPort({ protocol = "TCP", port, endPort = port }: PolicyPort, asked: number, by: string): boolean {
  if (typeof port === "string") throw new Error(`named ports are not modelled: ${port}`);
  return protocol === by && (port === undefined || (port <= asked && asked <= (endPort ?? port)));
}

function includesEnd(model: NetworkModel, policy: NetworkPolicy, peer: PolicyPeer, end: End): boolean {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock) {
    const address = typeof end === "string" ? end : end.ip;
    return isIn(address, ipBlock.cidr) && !(ipBlock.except ?? []).some((range) => isIn(address, range));
  }
  if (typeof end === "string") return false;
  const labels = model.namespaces[end.namespace];
  if (!labels) throw new Error(`no namespace ${end.namespace}`);
  const rightNamespace = namespaceSelector
    ? selects(namespaceSelector, { ...labels, "kubernetes.io/metadata.name": end.namespace })
    : end.namespace === policy.metadata.namespace;
  return rightNamespace && selects(podSelector ?? {}, end.labels);
}

function isIn(address: string, range: string): boolean {
  const [inner, outer] = [ends(address), ends(range)];
  return inner.bits === outer.bits && outer.first <= inner.first && inner.last <= outer.last;
}

const known = new Map<string, { bits: number; first: bigint; last: bigint }>();

/** First and last address, as numbers. Remembered: a model asks for the same few again and again. */
function ends(text: string): { bits: number; first: bigint; last: bigint } {
  const found = known.get(text);
  if (found) return found;
  const address = text.includes(":") ? new Address6(text) : new Address4(text);
  const bits = text.includes(":") ? 128 : 32;
  const range = { bits, first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
  known.set(text, range);
  return range;
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      const isAmong = value !== undefined && values.includes(value);
      return operator === "In" ? isAmong : !isAmong;
    })
  );
}

/** The network policies of a stack, as Kubernetes gets them. */
export function networkPolicies(stack: Synthesized): NetworkPolicy[] {
  const { objects } = platformObjects((stack.json.resource ?? {}) as Resources);
  return objects.flatMap(({ object }) => (object.kind === "NetworkPolicy" ? [object as unknown as NetworkPolicy] : []));
}
