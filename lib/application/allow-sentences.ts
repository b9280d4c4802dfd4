import { Faults } from "../core/faults";
import { type Fault, ValidationError } from "../core/validation-error";
import type { INamespace, ITrafficNamespace } from "../kubernetes/namespace-interface";
import type { Sentence } from "./application-traffic";

/**
 * Has a namespace say all sentences of an application.
 *
 * @throws {ValidationError} with what the namespace refuses, by the application's own properties
 */
export function allowSentences(
  path: string,
  namespace: ITrafficNamespace,
  sentences: readonly Sentence<INamespace>[],
): void {
  const faults = new Faults(path);
  for (const { option, traffic } of sentences) {
    try {
      namespace.allow(traffic);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      for (const fault of error.faults) addAs(faults, option, fault);
    }
  }
  faults.throwIfAny();
}

function addAs(faults: Faults, option: string, { property, rule, value, fix }: Fault): void {
  const written = option.startsWith("allow[") ? `${option}.${property}` : databaseProperty(option, property);
  if (property.startsWith("network."))
    faults.add(option, `needs '${property}' of the namespace, which ${rule}`, value, fix);
  else faults.add(written, rule, value, fix);
}

/** A sentence that follows from an option has its words from there; those of a database are the option's own. */
function databaseProperty(option: string, property: string): string {
  return property.startsWith("to.database.") ? property.replace("to.database", option) : option;
}
