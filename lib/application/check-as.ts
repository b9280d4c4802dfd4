import { Faults } from "../core/faults";

/** Runs a check of a part that was made from options, and tells what it finds by the options' own names. */
export function checkAs(faults: Faults, nameOf: (property: string) => string, check: (within: Faults) => void): void {
  const within = new Faults("");
  check(within);
  for (const { property, rule, value, fix } of within.all) faults.add(nameOf(property), rule, value, fix);
}
