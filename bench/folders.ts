import { join, resolve } from "node:path";

export const PROJECT = resolve(__dirname, "..");

/** Everything the bench writes; git ignores it. It lies inside the project, where Node finds the packages. */
export const BENCH = join(PROJECT, "dist", "bench");

/** The example whose applications are rendered, in the project; its chart lies in it. */
export const EXAMPLE = join("examples", "twenty-applications");

/** The compiled command `eks-platform`. */
export const cli = join(BENCH, "lib", "cli", "eks-platform.js");

/** A compiled program of bench/programs. */
export function program(name: string): string {
  return join(BENCH, "bench", "programs", `${name}.js`);
}

/** Where a program writes what it synthesises. */
export function output(name: string): string {
  return join(BENCH, "output", name);
}

/** A stack that a program synthesised. */
export function stackFile(name: string, stack: string): string {
  return join(output(name), "stacks", stack, "cdk.tf.json");
}
