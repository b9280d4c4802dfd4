import type { IConstruct } from "constructs";
import { ValidationError } from "../../lib/core/validation-error";

/** The whole message of the ValidationError that a call throws; anything else fails the test. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
  throw new Error("expected a ValidationError, nothing was thrown");
}

/** What the validations of what stands in a stack say at synth. */
export function stackFaults(stack: IConstruct): string[] {
  return stack.node.children.flatMap((child) => child.node.findAll()).flatMap(({ node }) => node.validate());
}
