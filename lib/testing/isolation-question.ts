import { nearest } from "../core/nearest";
import type { Labels } from "./label-search";
import { PRIVATE_RANGES } from "./pod-range";
import { NAME_LABEL, type Network } from "./policies";
import { ALL_PORTS, type PortRange } from "./port-range";
import type { RenderedStack } from "./render";
import type { StackInput } from "./synthesize";

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
  /** @default "TCP", or any if no port is named */
  readonly protocol?: "TCP" | "UDP" | "SCTP";
  /** Other stacks whose policies hold in the same cluster, for example the platform's beside an application's. */
  readonly beside?: readonly (StackInput | RenderedStack)[];
  /**
   * Ranges that pods have their addresses in. Policies that name ranges hold for pods too, as the VPC CNI enforces them.
   *
   * @default - all private ranges may hold pods, and none holds all of them
   */
  readonly podCidrBlocks?: readonly string[];
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

/** Every cluster has them. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const INITIAL_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/**
 * Reads a question about traffic.
 *
 * @throws {Error} if nothing is known of a namespace: of one that is misspelt nothing can be said
 */
export function questionOf(network: Network, { from, to, port, protocol, podCidrBlocks }: PodTraffic): Question {
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new Error(`'port' must be from 1 to 65535, got ${port}`);
  const by = protocol ?? (port === undefined ? undefined : "TCP");
  const ranges = by === undefined ? ALL_PORTS : ALL_PORTS.filter((range) => range.protocol === by);
  return {
    from: endOf(network, from),
    to: endOf(network, to),
    ports: port === undefined ? ranges : ranges.map((range) => ({ ...range, first: port, last: port })),
    podCidrBlocks: podCidrBlocks ?? PRIVATE_RANGES,
    podsKnown: podCidrBlocks !== undefined,
  };
}

function endOf({ name, policies, namespaces }: Network, pods: string | PodsOf): End {
  const { namespace, labels, elsewhere = false } = typeof pods === "string" ? { namespace: pods } : pods;
  const made = namespaces.get(namespace);
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

/** What the labels of the end's namespace are, as far as they are known. */
export function namespaceLabels({ namespace, namespaceLabels: labels }: End): Labels {
  return labels ?? { [NAME_LABEL]: namespace };
}
