import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { RenderError } from "../render-error";
import { readSynthJson } from "./synth-json";

export type Body = Readonly<Record<string, unknown>>;

/** Resources by type, then by logical id. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** A synthesised stack. */
export interface StackFile {
  readonly name: string;
  /** Absolute; paths in the stack begin here. */
  readonly folder: string;
  readonly resources: Resources;
}

/**
 * Reads a stack that `cdktf synth` wrote to the folder `out`.
 *
 * @throws {RenderError} if it is not there, or not whole
 */
export function readStack(out: string, name: string): StackFile {
  const file = stackPath(resolve(out), name);
  if (!existsSync(file)) throw new RenderError(`there is no stack "${name}" in ${out}`, "run: npx cdktf synth");
  const { resource } = readSynthJson(file) as { readonly resource?: Resources };
  return { name, folder: dirname(file), resources: resource ?? {} };
}

/** The manifest knows where stacks lie; without one they lie where cdktf puts them. */
function stackPath(out: string, name: string): string {
  const manifest = join(out, "manifest.json");
  const { stacks } = (existsSync(manifest) ? readSynthJson(manifest) : {}) as {
    readonly stacks?: Readonly<Record<string, { readonly synthesizedStackPath?: string }>>;
  };
  return join(out, stacks?.[name]?.synthesizedStackPath ?? join("stacks", name, "cdk.tf.json"));
}
