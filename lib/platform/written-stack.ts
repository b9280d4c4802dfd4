import type { TerraformStack } from "cdktf";

/** What is written of a resource, a block or a provider. */
export type Body = Readonly<Record<string, unknown>>;

/** A stack as Terraform will read it, whatever it was written with. */
export interface WrittenStack {
  /** By type and id. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  /** By type. */
  readonly provider: Readonly<Record<string, readonly Body[]>>;
}

export function writtenStack(stack: TerraformStack): WrittenStack {
  const { resource = {}, provider = {} } = stack.toTerraform() as Partial<WrittenStack>;
  return { resource, provider };
}

/** Whether a resource is of a provider with an alias. */
export function isAliased({ provider }: Body): boolean {
  return typeof provider === "string" && provider.includes(".");
}

/** A block, which may be written as a list of one. */
export function firstOf(block: unknown): Body {
  const body: unknown = Array.isArray(block) ? block[0] : block;
  return typeof body === "object" && body !== null ? (body as Body) : {};
}

/** The construct's path, which cdktf writes beside every resource. */
export function pathOf(body: Body): string | undefined {
  const path = firstOf(firstOf(body["//"]).metadata).path;
  return typeof path === "string" ? path : undefined;
}
