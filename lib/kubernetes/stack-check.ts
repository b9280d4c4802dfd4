import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Faults } from "../core/faults";
import { ValidationError } from "../core/validation-error";

/** A check that needs the whole stack: it runs at synth, when everything is made. */
export function checkStack(construct: Construct, check: (faults: Faults) => void): void {
  const { node } = construct;
  node.addValidation({
    validate: () => {
      const faults = new Faults(node.path);
      check(faults);
      return faults.all.map((fault) => new ValidationError(node.path, [fault]).message);
    },
  });
}

/** The stack's other constructs of a class. */
export function othersInStack<T extends Construct>(one: T, kind: abstract new (...args: never[]) => T): T[] {
  return TerraformStack.of(one)
    .node.findAll()
    .filter((node): node is T => node instanceof kind)
    .filter((other) => other !== one);
}
