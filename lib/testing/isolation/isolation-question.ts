import { nearest } from "../../core/nearest";
import { fieldPath } from "../../render/objects/field-path";
import { INITIAL_NAMESPACES } from "../rendering/initial-namespaces";
import type { RenderedStack } from "../rendering/render";
import type { StackInput } from "../stack/synthesize";
import { givenText, isPlain, isText } from "../values/given-text";
import { assertKnownKeys, type KeysOf } from "../values/known-keys";
import type { Labels } from "./label-search";
import { isRange, PRIVATE_RANGES } from "./pod-range";
import { NAME_LABEL, type Network } from "./policies";
import { ALL_PORTS, type PortRange } from "./port-range";

/** Pods of a namespace. */
export interface PodsOf {
  readonly namespace: string;
  /**
   * All labels of the pods.
   *
   * @default - pods with any labels
   */
  readonly labels?: Labels;
  /**
   * That the namespace is made elsewhere, and its policies are not in what is looked at. It counts as open, except for what the policies here say.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
}

/** Traffic that is asked about. */
export interface PodTraffic {
  /** A name means all pods of the namespace. */
  readonly from: string | PodsOf;
  readonly to: string | PodsOf;
  /** 1 to 65535. */
  readonly port?: number;
  /** @default - any in `isIsolatedFrom`, "TCP" in `isReachable` */
  readonly protocol?: "TCP" | "UDP" | "SCTP";
  /** Other stacks whose policies hold in the same cluster, for example the platform's beside an application's. */
  readonly beside?: readonly (StackInput | RenderedStack)[];
  /**
   * Ranges that pods have their addresses in. Policies that name ranges hold for pods too, as the VPC CNI enforces them.
   *
   * @default - all private ranges may hold pods, and none holds all of them
   */
  readonly podCidrBlocks?: readonly string[];
  /**
   * That charts which are not rendered bring no NetworkPolicy. Without it, a release in one of the namespaces must be rendered: give the result of
   * `render(stack)`.
   *
   * @default false
   */
  readonly withoutCharts?: boolean;
}

/** One end, and what is known of its namespace. */
export interface End {
  readonly namespace: string;
  readonly labels?: Labels;
  /** Labels of the namespace. @default - only its name is known */
  readonly namespaceLabels?: Labels;
}

export interface Question {
  readonly from: End;
  readonly to: End;
  readonly ports: readonly PortRange[];
  readonly podCidrBlocks: readonly string[];
  /** Whether the ranges were said. */
  readonly podsKnown: boolean;
}

const PROTOCOLS: readonly string[] = ["TCP", "UDP", "SCTP"];
const PODS_KEYS: KeysOf<PodsOf> = { namespace: true, labels: true, elsewhere: true };
const TRAFFIC_KEYS: KeysOf<PodTraffic> = {
  from: true,
  to: true,
  port: true,
  protocol: true,
  beside: true,
  podCidrBlocks: true,
  withoutCharts: true,
};

/**
 * Reads a question about traffic.
 *
 * @param otherwise The protocols that are meant if none is named.
 * @throws {Error} if nothing is known of a namespace: of one that is misspelt nothing can be said
 */
export function questionOf(network: Network, traffic: PodTraffic, otherwise: readonly string[] = PROTOCOLS): Question {
  const { from, to, port, protocol, podCidrBlocks, withoutCharts = false } = traffic;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new Error(`'port' must be from 1 to 65535, got ${givenText(port)}`);
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    throw new Error(`'protocol' must be TCP, UDP or SCTP, got ${givenText(protocol)}`);
  if (podCidrBlocks !== undefined && !areRanges(podCidrBlocks))
    throw new Error(
      `'podCidrBlocks' must be a list of IPv4 ranges, at least one, got ${givenText(podCidrBlocks)}; write ["10.0.0.0/16"]`,
    );
  const question = {
    from: endOf(network, podsOf("from", from)),
    to: endOf(network, podsOf("to", to)),
    ports: ALL_PORTS.filter((range) => (protocol ? [protocol] : otherwise).includes(range.protocol)).map((range) =>
      port === undefined ? range : { ...range, first: port, last: port },
    ),
    podCidrBlocks: podCidrBlocks ?? PRIVATE_RANGES,
    podsKnown: podCidrBlocks !== undefined,
  };
  refuseUnread(network, question, withoutCharts);
  return question;
}

/** What is not read may let traffic through, or close a namespace. */
function refuseUnread({ unread, unrendered }: Network, { from, to }: Question, withoutCharts: boolean): void {
  const namespaces = [from.namespace, to.namespace];
  const [address] = unread;
  if (address !== undefined)
    throw new Error(`${address} may bring a NetworkPolicy that cannot be read: whom it lets through cannot be said`);
  const charts = unrendered.filter((source) => {
    const namespace = source.slice(0, source.lastIndexOf("/"));
    return namespaces.includes(namespace) || /[$%]\{/.test(namespace);
  });
  if (withoutCharts || charts.length === 0) return;
  throw new Error(
    `${charts.join(", ")} may bring a NetworkPolicy, and is not rendered: give await render(stack) instead of the stack, or say { withoutCharts: true }`,
  );
}

function endOf({ name, policies, namespaces }: Network, { namespace, labels, elsewhere = false }: PodsOf): End {
  const made = namespaces.get(namespace);
  if (made === "unknown") return { namespace, labels };
  if (made) return { namespace, labels, namespaceLabels: made };
  const known = [...new Set([...namespaces.keys(), ...policies.map((policy) => policy.namespace)])].sort();
  if (elsewhere || known.includes(namespace) || INITIAL_NAMESPACES.includes(namespace)) return { namespace, labels };
  const meant = nearest(namespace, known);
  throw new Error(
    `nothing is known of the namespace "${namespace}": ${name} neither makes it nor has policies in it; ${
      meant ? `did you mean "${meant}"? If not, ` : ""
    }name the stack that makes it in 'beside', or say { namespace: "${namespace}", elsewhere: true }`,
  );
}

/** The stacks whose policies hold. */
export function stacksOf(stack: StackInput | RenderedStack, traffic: PodTraffic): (StackInput | RenderedStack)[] {
  if (typeof traffic !== "object" || traffic === null)
    throw new Error(`the traffic must be an object such as { from: "a", to: "b" }, got ${givenText(traffic)}`);
  assertKnownKeys("traffic", traffic, TRAFFIC_KEYS);
  const beside: unknown = traffic.beside ?? [];
  if (Array.isArray(beside)) return [stack, ...beside];
  throw new Error(`'beside' must be a list of stacks, got ${givenText(beside)}; write beside: [stack]`);
}

function areRanges(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.length > 0 && blocks.every((block) => isText(block) && isRange(block));
}

/** One end as it is asked about. Labels that are no map of texts are of no pod, so no policy would let it through. */
function podsOf(end: "from" | "to", pods: unknown): PodsOf {
  const asked: unknown = typeof pods === "string" ? { namespace: pods } : pods;
  const isObject = typeof asked === "object" && asked !== null;
  const { namespace, labels } = (isObject ? asked : {}) as Readonly<Record<string, unknown>>;
  if (!isText(namespace))
    throw new Error(
      `'${end}' must be the name of a namespace, or { namespace: "..." }, got ${givenText(isObject && "namespace" in asked ? namespace : pods)}`,
    );
  assertKnownKeys(end, asked as PodsOf, PODS_KEYS);
  if (labels === undefined) return asked as PodsOf;
  if (typeof labels !== "object" || labels === null || !isPlain(labels))
    throw new Error(`'${end}.labels' must be a map of texts, got ${givenText(labels)}; write { app: "api" }`);
  for (const [key, value] of Object.entries(labels))
    if (typeof value !== "string")
      throw new Error(
        `'${fieldPath(`${end}.labels`, key)}' must be a text, got ${givenText(value)}; leave out a label that pods do not have`,
      );
  return asked as PodsOf;
}

/** What the labels of the end's namespace are, as far as they are known. */
export function namespaceLabels({ namespace, namespaceLabels: labels }: End): Labels {
  return labels ?? { [NAME_LABEL]: namespace };
}
