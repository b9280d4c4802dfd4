import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Faults } from "../core/faults";
import { ValidationError } from "../core/validation-error";
import type { INamespace } from "./namespace-interface";

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
  return allInStack(one, kind).filter((other) => other !== one);
}

function allInStack<T extends Construct>(one: T, kind: abstract new (...args: never[]) => T): T[] {
  return TerraformStack.of(one)
    .node.findAll()
    .filter((node): node is T => node instanceof kind);
}

/**
 * Makes synth fail if the stack has another construct of the class with the same name in the cluster: an apply would stop halfway. Of two,
 * the later one says it.
 */
export function checkNameTaken<T extends Construct>(
  one: T,
  kind: abstract new (...args: never[]) => T,
  property: string,
  nameOf: (each: T) => string,
): void {
  checkStack(one, (faults) => {
    const all = allInStack(one, kind);
    const earlier = all.slice(0, all.indexOf(one)).find((each) => nameOf(each) === nameOf(one));
    if (earlier) faults.add(property, `must not be that of ${earlier.node.path}`, nameOf(one));
  });
}

/**
 * Adds a fault if a namespace stands in another stack than what uses it: Terraform knows and orders what is in one stack only.
 *
 * @param otherwise what to do if the namespace itself does not say how it is named in other stacks
 */
export function checkSameStack(
  faults: Faults,
  property: string,
  user: Construct,
  namespace: INamespace,
  otherwise = "name it in this stack with Namespace.fromName(...)",
): void {
  const same = TerraformStack.of(namespace) === TerraformStack.of(user);
  const fix = namespace.inOtherStacks ?? otherwise;
  faults.check(same, property, "must be a namespace of the same stack", namespace.node.path, fix);
}
