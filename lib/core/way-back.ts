import { isAbsolute, relative, resolve, sep } from "node:path";
import { App } from "cdktf";
import type { Construct } from "constructs";

export interface WayBack {
  /** For example `../../..`, seen from `<output>/stacks/<stack>`, where Terraform and its providers run. */
  readonly path: string;
  /** Whether it leads to the folder that synth runs in. */
  readonly toWorkingFolder: boolean;
}

/**
 * The way from a stack's folder back to the folder that synth runs in. An output folder that is not below that one has no way there that is the
 * same on every machine: from there it leads to the folder which holds the output folder.
 */
export function wayBack(scope: Construct): WayBack {
  const output = relative(process.cwd(), resolve(App.of(scope).outdir));
  const below = output !== "" && output.split(sep)[0] !== ".." && !isAbsolute(output);
  const depth = below ? output.split(sep).length : 1;
  return {
    path: Array(depth + 2)
      .fill("..")
      .join("/"),
    toWorkingFolder: below,
  };
}
