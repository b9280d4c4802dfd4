import { Annotations, LocalBackend, type TerraformStack } from "cdktf";
import { wayBack } from "../core/way-back";
import { requireTerraform } from "./required-terraform";

/**
 * Keeps the state of a stack in a file in the folder that synth runs in, and warns of it at every synth: nobody else has that file. With an output
 * folder that is not below that one, the file lies beside the output folder: another output folder is then another state.
 */
export function useLocalState(stack: TerraformStack): void {
  const file = `terraform.${stack.node.id}.tfstate`;
  const { path, toWorkingFolder } = wayBack(stack);
  new LocalBackend(stack, { path: `${path}/${file}` });
  requireTerraform(stack);
  Annotations.of(stack).addWarning(
    `the state of ${stack.node.id} lies in the file ${file}${toWorkingFolder ? "" : " beside the output folder, which is not below this one"}: not shared, not kept from two machines at once, not copied; set 'state' to share it`,
  );
}
