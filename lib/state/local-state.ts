import { Annotations, LocalBackend, type TerraformStack } from "cdktf";
import { requireTerraform } from "./required-terraform";

/** Keeps the state of a stack in a file beside the output of synth, and warns of it at every synth: nobody else has that file. */
export function useLocalState(stack: TerraformStack): void {
  const file = `terraform.${stack.node.id}.tfstate`;
  // Terraform runs in <output>/stacks/<stack>.
  new LocalBackend(stack, { path: `../../../${file}` });
  requireTerraform(stack);
  Annotations.of(stack).addWarning(
    `the state of ${stack.node.id} lies in the file ${file}: not shared, not kept from two machines at once, not copied; set 'state' to share it`,
  );
}
