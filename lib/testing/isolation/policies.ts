import type { SourcedObject } from "../../render/objects/kubernetes-object";
import { PLATFORM } from "../../render/stack/platform-objects";
import { RenderedStack, releaseSources } from "../rendering/render";
import type { StackUnderTest } from "../stack/stack-under-test";
import { type StackInput, synthesize } from "../stack/synthesize";
import { RENDERED_TEXT } from "../values/open-text";
import type { LabelSelector, Labels } from "./label-search";
import type { IpBlock } from "./pod-range";
import { objectsOf, type ReadObject } from "./policy-objects";
import type { PolicyPort } from "./port-range";

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
  /** Why it cannot be said whom it lets through. @default - it can */
  readonly unsure?: string;
  readonly podSelector?: LabelSelector;
  readonly rules: readonly PolicyRule[];
}

/** What is known of a cluster's network. */
export interface Network {
  readonly name: string;
  readonly policies: readonly LimitingPolicy[];
  /** Labels of each namespace that is made, as Kubernetes has them. */
  readonly namespaces: ReadonlyMap<string, Labels | "unknown">;
  /** Addresses of resources that may bring policies which cannot be read. */
  readonly unread: readonly string[];
  /** Releases that are not rendered, `<namespace>/<release>`. */
  readonly unrendered: readonly string[];
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
  const known = stacks.map((input) => {
    const rendered = input instanceof RenderedStack ? input : undefined;
    const stack = rendered ? rendered.stack : synthesize(input as StackInput);
    return { stack, rendered, read: objectsOf(stack.allResources) };
  });
  const objects = known.flatMap(({ read, rendered }) => [
    ...read.objects,
    ...(rendered?.environment.objects ?? [])
      .filter(({ source }) => source !== PLATFORM)
      .map((sourced): ReadObject => ({ sourced })),
  ]);
  const made = objects.filter(({ sourced: { object } }) => object.kind === "Namespace");
  // These add labels to what others make.
  const isLabelled = known.some(({ stack }) => stack.allResources.kubernetes_labels !== undefined);
  return {
    name: known.map(({ stack }) => stack.name).join(" with "),
    policies: objects.filter(({ sourced: { object } }) => object.kind === "NetworkPolicy").flatMap(limitsOf),
    namespaces: new Map(
      made.map(({ sourced: { object } }) => [object.metadata.name ?? "", isLabelled ? "unknown" : labelsOf(object)]),
    ),
    unread: known.flatMap(({ read }) => read.unread),
    unrendered: known.flatMap(({ stack, rendered }) => unrenderedOf(stack, rendered)),
  };
}

function labelsOf({ metadata: { name = "", labels } }: SourcedObject["object"]): Labels | "unknown" {
  return RENDERED_TEXT.isIn(labels) ? "unknown" : { ...labels, [NAME_LABEL]: name };
}

function unrenderedOf(stack: StackUnderTest, rendered: RenderedStack | undefined): string[] {
  const { complete = true, findings = [], releases = [] } = rendered?.environment ?? {};
  const failed = complete ? [] : findings.filter(({ severity }) => severity === "error").map(({ source }) => source);
  const done = releases.map(({ source }) => source).filter((source) => !failed.includes(source));
  return releaseSources(stack).filter((source) => !done.includes(source));
}

function limitsOf({ sourced: { object, namespace = "default" }, unsure }: ReadObject): LimitingPolicy[] {
  const spec = (object.spec ?? {}) as PolicySpec;
  const title = `${namespace}/${object.metadata.name ?? ""}`;
  const open = RENDERED_TEXT.isIn([namespace, spec]) ? "holds what is known only at apply" : undefined;
  const ingress = (spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }));
  const egress = (spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }));
  // Without types, ingress always is limited, and egress if there are rules for it.
  const types = spec.policyTypes?.length ? spec.policyTypes : ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
  const own = { title, namespace, unsure: unsure ?? open, podSelector: spec.podSelector };
  return [
    ...(types.includes("Egress") ? [{ ...own, direction: "egress", rules: egress } as const] : []),
    ...(types.includes("Ingress") ? [{ ...own, direction: "ingress", rules: ingress } as const] : []),
  ];
}
