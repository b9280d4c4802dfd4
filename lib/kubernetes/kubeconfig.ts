import { join } from "node:path/posix";
import type { Construct } from "constructs";
import type { Faults } from "../core/faults";
import { wayBack } from "../core/way-back";

/** A cluster as `kubectl` knows it. */
export interface Kubeconfig {
  /**
   * One file: absolute, from the home folder (`~/.kube/config`), or from the folder that synth runs in. From the folder that holds the output
   * folder, if that is not below the one that synth runs in. It need not be there at synth.
   */
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
    .check(path.trim() === "" || isOneFile(path), property("path"), ONE_FILE, path, 'for example "~/.kube/config"')
    .check(context.trim() !== "", property("context"), "must be given", context, "see: kubectl config get-contexts");
}

const ONE_FILE = "must be one file without variables: absolute, below '~/', or relative";
const DRIVE = /^[A-Za-z]:[\\/]/;

/** Nobody opens the path with a shell: what a shell would replace stays, and so do blanks. */
function isOneFile(path: string): boolean {
  const hasHome = !path.startsWith("~") || /^~\/./.test(path);
  return path === path.trim() && hasHome && !path.includes("$") && !path.replace(DRIVE, "").includes(":");
}

/** The path as providers see it: they run in the stack's folder. */
export function pathInStack({ path }: Kubeconfig, scope: Construct): string {
  return path.startsWith("/") || path.startsWith("~/") || DRIVE.test(path) ? path : join(wayBack(scope).path, path);
}
