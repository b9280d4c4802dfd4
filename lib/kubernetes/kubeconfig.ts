import { join } from "node:path/posix";
import type { Faults } from "../core/faults";

/** A cluster as `kubectl` knows it. */
export interface Kubeconfig {
  /** Absolute, from the home folder (`~/.kube/config`), or from the folder that synth runs in. It need not be there at synth. */
  readonly path: string;
  /** Always named: the current context of the file changes behind one's back. */
  readonly context: string;
}

/** Adds what is wrong with how a cluster is named. Whether the file is there is asked before a deploy, not at synth. */
export function checkKubeconfig(
  faults: Faults,
  { path, context }: Kubeconfig,
  property: (name: string) => string,
): void {
  faults
    .literal(property("path"), path)
    .literal(property("context"), context)
    .check(path.trim() !== "", property("path"), "must be given", path, 'for example "~/.kube/config"')
    .check(context.trim() !== "", property("context"), "must be given", context, "see: kubectl config get-contexts");
}

/** The path as providers see it: they run in `<output>/stacks/<stack>`. */
export function pathInStack({ path }: Kubeconfig): string {
  return /^(\/|~\/|[A-Za-z]:[\\/])/.test(path) ? path : join("..", "..", "..", path);
}
