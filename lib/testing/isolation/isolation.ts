import { CheckFailed } from "../check-failed";
import type { RenderedStack } from "../rendering/render";
import type { StackInput } from "../stack/synthesize";
import { RENDERED_TEXT } from "../values/open-text";
import { type End, namespaceLabels, type PodTraffic, type Question, questionOf, stacksOf } from "./isolation-question";
import {
  type Clause,
  findPods,
  type Labels,
  notSelected,
  type PodPair,
  requirementsOf,
  selected,
  selects,
} from "./label-search";
import { holdsAllPods, mayHoldPods } from "./pod-range";
import { type Direction, type LimitingPolicy, NAME_LABEL, type Network, networkOf, type PolicyPeer } from "./policies";
import { commonPorts, type PortRange, portRanges, portText } from "./port-range";

/** How traffic gets past one end. */
interface Way {
  readonly clauses: readonly Clause[];
  readonly ports: readonly PortRange[];
  /** For the message. */
  readonly text: string;
}

/**
 * Makes sure that no pod of `from` reaches a pod of `to`, whatever their labels are unless they are given: by the network policies of the stack,
 * and by those of its charts if it is rendered. Policies add up, and both ends must let traffic through.
 *
 * @throws {CheckFailed} with pods and a port that get through, and the policies that let them
 * @throws {Error} if nothing is known of a namespace, a policy is known only at apply, or a release of a namespace is not rendered
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * isIsolatedFrom(stack, { from: "genomics", to: "clinical-trials" });
 */
export function isIsolatedFrom(stack: StackInput | RenderedStack, traffic: PodTraffic): void {
  const network = networkOf(stacksOf(stack, traffic));
  const question = questionOf(network, traffic);
  const known = knownLabels(question);
  for (const out of waysPast(network, question, "egress")) {
    for (const into of waysPast(network, question, "ingress")) {
      const [port] = commonPorts(commonPorts(out.ports, into.ports), question.ports);
      const pods = port && findPods([...out.clauses, ...into.clauses], known);
      if (!pods) continue;
      const lines = [`  out: ${out.text}`, `  in: ${into.text}`];
      throw new CheckFailed(
        [`in ${network.name}, ${podsText(question, pods, "reach")} on ${portText(port)}`, ...lines].join("\n"),
      );
    }
  }
}

/**
 * Makes sure that every pod of `from` reaches every pod of `to` on a port, as far as network policies go.
 *
 * @throws {CheckFailed} with pods that do not get through, and the end that stops them
 * @throws {Error} if nothing is known of a namespace, a policy is known only at apply, or a release of a namespace is not rendered
 * @example
 * isReachable(stack, { from: { namespace: "genomics", labels: { app: "api" } }, to: "reports", port: 8080 });
 */
export function isReachable(stack: StackInput | RenderedStack, traffic: PodTraffic & { readonly port: number }): void {
  const stacks = stacksOf(stack, traffic);
  if (traffic.port === undefined) throw new Error("'port' must be from 1 to 65535, got nothing");
  const network = networkOf(stacks);
  const question = questionOf(network, traffic, ["TCP"]);
  const known = knownLabels(question);
  for (const direction of ["egress", "ingress"] as const) {
    const limits = limitsFor(network, question, direction);
    const [own, other] = direction === "egress" ? (["from", "to"] as const) : (["to", "from"] as const);
    const closed = limits.flatMap((policy) =>
      surePeers(policy, question).map(
        (peer): Clause => [...notSelected(own, policy.podSelector), ...notSelected(other, peer?.podSelector)],
      ),
    );
    for (const policy of limits) {
      const pods = findPods([...selected(own, policy.podSelector), ...closed], known);
      if (!pods) continue;
      const end = direction === "egress" ? "out" : "in";
      const ports = question.ports.map(portText).join(", ");
      throw new CheckFailed(
        [
          `in ${network.name}, ${podsText(question, pods, "do not reach")} on ${ports}`,
          `  ${end}: ${policy.title} closes it, and no policy opens it`,
        ].join("\n"),
      );
    }
  }
}

function limitsFor({ policies }: Network, { from, to }: Question, direction: Direction): LimitingPolicy[] {
  const { namespace } = direction === "egress" ? from : to;
  const limits = policies.filter(
    (policy) =>
      policy.direction === direction && (policy.namespace === namespace || RENDERED_TEXT.isOpen(policy.namespace)),
  );
  const unknown = limits.find(({ unsure }) => unsure !== undefined);
  if (!unknown) return limits;
  throw new Error(`network policy ${unknown.title} ${unknown.unsure}: whom it lets through cannot be said`);
}

/** Every way past one end: where no policy limits the pod, or where a rule lets it. */
function waysPast(network: Network, question: Question, direction: Direction): Way[] {
  const limits = limitsFor(network, question, direction);
  const [own, other] = direction === "egress" ? (["from", "to"] as const) : (["to", "from"] as const);
  const open: Way = {
    clauses: limits.map(({ podSelector }) => notSelected(own, podSelector)),
    ports: question.ports,
    text: `no policy of ${question[own].namespace} closes these pods`,
  };
  const opened = limits.flatMap((policy) =>
    policy.rules.flatMap(({ peers, ports }) =>
      (peers.length > 0 ? peers : [undefined])
        .filter((peer) => !peer || mayBe(peer, policy, question[other], question))
        .map(
          (peer): Way => ({
            clauses: [...selected(own, policy.podSelector), ...selected(other, peer?.podSelector)],
            ports: portRanges(ports).may,
            text: peer?.ipBlock ? rangeText(policy, peer.ipBlock.cidr, question) : policy.title,
          }),
        ),
    ),
  );
  return [open, ...opened];
}

/** The peers that surely are pods of the other end, on the port that is asked for. */
function surePeers(policy: LimitingPolicy, question: Question): (PolicyPeer | undefined)[] {
  const other = policy.direction === "egress" ? question.to : question.from;
  return policy.rules
    .filter(({ ports }) => commonPorts(portRanges(ports).does, question.ports).length > 0)
    .flatMap(({ peers }): readonly (PolicyPeer | undefined)[] => (peers.length > 0 ? peers : [undefined]))
    .filter((peer) => !peer || isSurely(peer, policy, other, question));
}

/** Whether a peer may be in the namespace of an end. Of labels that are not known, any may be there. */
function mayBe(peer: PolicyPeer, policy: LimitingPolicy, end: End, { podCidrBlocks }: Question): boolean {
  if (peer.ipBlock) return mayHoldPods(peer.ipBlock, podCidrBlocks);
  if (!peer.namespaceSelector) return end.namespace === policy.namespace;
  if (end.namespaceLabels) return selects(peer.namespaceSelector, end.namespaceLabels);
  return requirementsOf(peer.namespaceSelector)
    .filter(({ key }) => key === NAME_LABEL)
    .every(({ key, operator, values }) =>
      selects({ matchExpressions: [{ key, operator, values }] }, namespaceLabels(end)),
    );
}

function isSurely(peer: PolicyPeer, policy: LimitingPolicy, end: End, { podCidrBlocks, podsKnown }: Question): boolean {
  if (peer.ipBlock) return podsKnown && holdsAllPods(peer.ipBlock, podCidrBlocks);
  if (!peer.namespaceSelector) return end.namespace === policy.namespace;
  const known = end.namespaceLabels || requirementsOf(peer.namespaceSelector).every(({ key }) => key === NAME_LABEL);
  return Boolean(known) && selects(peer.namespaceSelector, namespaceLabels(end));
}

function rangeText({ title }: LimitingPolicy, cidr: string, { podsKnown }: Question): string {
  return podsKnown
    ? `${title}, by the range ${cidr}`
    : `${title}, by the range ${cidr}, which may hold pods; if it does not, give podCidrBlocks`;
}

function knownLabels({ from, to }: Question): Partial<PodPair> {
  return { ...(from.labels && { from: from.labels }), ...(to.labels && { to: to.labels }) };
}

function podsText({ from, to }: Question, pods: PodPair, verb: string): string {
  return `pods of ${from.namespace}${labelText(pods.from)} ${verb} pods of ${to.namespace}${labelText(pods.to)}`;
}

function labelText(labels: Labels): string {
  const words = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return words.length > 0 ? ` (${words.join(", ")})` : "";
}
