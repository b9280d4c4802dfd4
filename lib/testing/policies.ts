import type { SourcedObject } from "../render/objects/kubernetes-object";
import { KNOWN_AT_APPLY } from "../render/stack/platform-kinds";
import { platformObjects } from "../render/stack/platform-objects";
import type { LabelSelector, Labels } from "./label-search";
import type { IpBlock } from "./pod-range";
import type { PolicyPort } from "./port-range";
import { RenderedStack } from "./render";
import { type StackInput, synthesize } from "./synthesize";

export interface PolicyPeer {
  readonly ipBlock?: IpBlock;
  readonly namespaceSelector?: LabelSelector;
  readonly podSelector?: LabelSelector;
}

export interface PolicyRule {
  /** Without peers it is everybody. */
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

export type Direction = "egress" | "ingress";

/** A NetworkPolicy, as far as it limits one direction. */
export interface LimitingPolicy {
  /** `<namespace>/<name>`. */
  readonly title: string;
  readonly namespace: string;
  readonly direction: Direction;
  /** Whether all of it is known at synth. */
  readonly isKnown: boolean;
  readonly podSelector?: LabelSelector;
  readonly rules: readonly PolicyRule[];
}

/** What is known of a cluster's network. */
export interface Network {
  readonly name: string;
  readonly policies: readonly LimitingPolicy[];
  /** Labels of each namespace that is made, as Kubernetes has them. */
  readonly namespaces: ReadonlyMap<string, Labels>;
}

/** Kubernetes sets it on every namespace. */
export const NAME_LABEL = "kubernetes.io/metadata.name";

interface PolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
}

/** The policies and namespaces of stacks together; of a rendered one, those of its charts too. */
export function networkOf(stacks: readonly (StackInput | RenderedStack)[]): Network {
  const known = stacks.map((stack) => (stack instanceof RenderedStack ? stack : synthesize(stack)));
  const objects = known.flatMap((stack) =>
    stack instanceof RenderedStack ? stack.environment.objects : platformObjects(stack.allResources).objects,
  );
  const names = known.map((stack) => (stack instanceof RenderedStack ? stack.stack.name : stack.name));
  const made = objects.filter(({ object }) => object.kind === "Namespace");
  return {
    name: names.join(" with "),
    policies: objects.filter(({ object }) => object.kind === "NetworkPolicy").flatMap(limitsOf),
    namespaces: new Map(
      made.map(({ object: { metadata } }) => {
        const name = metadata.name ?? "";
        return [name, { ...metadata.labels, [NAME_LABEL]: name }];
      }),
    ),
  };
}

function limitsOf({ object, namespace = "default" }: SourcedObject): LimitingPolicy[] {
  const spec = (object.spec ?? {}) as PolicySpec;
  const title = `${namespace}/${object.metadata.name ?? ""}`;
  const isKnown = !JSON.stringify([namespace, spec]).includes(KNOWN_AT_APPLY);
  const ingress = (spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }));
  const egress = (spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }));
  // Without types, ingress always is limited, and egress if there are rules for it.
  const types = spec.policyTypes?.length ? spec.policyTypes : ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
  const own = { title, namespace, isKnown, podSelector: spec.podSelector };
  return [
    ...(types.includes("Egress") ? [{ ...own, direction: "egress", rules: egress } as const] : []),
    ...(types.includes("Ingress") ? [{ ...own, direction: "ingress", rules: ingress } as const] : []),
  ];
}
