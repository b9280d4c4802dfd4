import type { StackFolder } from "./stack-folder";

interface Shown {
  readonly values?: {
    readonly root_module?: { readonly resources?: readonly { readonly address: string; readonly tainted?: boolean }[] };
  };
}

/**
 * Lets go on with what an interruption left half made. Terraform marks it as tainted and wants to replace it, which a guarded resource
 * refuses for ever; a key or a bucket that is there only lacks some settings, and those the next apply makes in place.
 */
export async function finishInPlace(stack: StackFolder): Promise<void> {
  const { exitCode, output } = stack.ask("show", "-json");
  const shown = exitCode === 0 && output.trim() !== "" ? (JSON.parse(output) as Shown) : {};
  const tainted = (shown.values?.root_module?.resources ?? []).filter((resource) => resource.tainted);
  for (const { address } of tainted.filter((resource) => isGuarded(stack, resource.address))) {
    await stack.terraform("untaint", address);
  }
}

function isGuarded(stack: StackFolder, address: string): boolean {
  const [type = "", id = ""] = address.split(".");
  const body = stack.resources(type)[id] as { readonly lifecycle?: { readonly prevent_destroy?: boolean } } | undefined;
  return body?.lifecycle?.prevent_destroy === true;
}
