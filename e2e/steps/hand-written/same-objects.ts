import { readFileSync } from "node:fs";
import { join } from "node:path";
import { block, Expression } from "./hcl";
import { identifier } from "./main-tf";

type Body = Readonly<Record<string, unknown>>;

/**
 * Blocks for all that a synthesised stack has beside its releases, as a person would write it: names of objects for names of resources, no
 * notes, and what Terraform takes by itself left out.
 */
export function objectsByHand(stackFolder: string): string[] {
  const { resource } = JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")) as Stack;
  const namespaces = resource.kubernetes_namespace_v1 ?? {};
  const named = new Map(Object.entries(namespaces).map(([id, { metadata }]) => [id, nameOf(metadata)]));
  return Object.entries(resource)
    .filter(([type]) => type !== "helm_release")
    .flatMap(([type, instances]) => Object.values(instances).flatMap((body) => object(type, body, named)));
}

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Body>>>>;
}

function object(type: string, { "//": _, lifecycle, ...body }: Body, named: ReadonlyMap<string, string>): string[] {
  const metadata = { ...(body.metadata as Body) };
  const id = /^\$\{kubernetes_namespace_v1\.([^.]+)\./.exec(`${metadata.namespace ?? ""}`)?.[1] ?? "";
  const namespace = named.get(id);
  if (namespace)
    metadata.namespace = new Expression(`kubernetes_namespace_v1.${identifier(namespace)}.metadata[0].name`);
  const parts = [namespace, metadata.name ?? (namespace ? "default" : undefined)].filter((part) => part !== undefined);
  return ["", ...block(`resource "${type}" "${identifier(parts.join("-"))}"`, { ...body, metadata })];
}

function nameOf(metadata: unknown): string {
  return (metadata as { readonly name: string }).name;
}
