import { checkDomain } from "../application/dns-name";
import type { Faults } from "../core/faults";
import type { EnvironmentConfig } from "./environment-config";

/** Adds what is wrong with what every kind of environment is known by. */
export function checkIdentity(
  faults: Faults,
  { name, domain }: EnvironmentConfig,
  property: (name: string) => string,
): void {
  checkStackName(faults, property("name"), name);
  checkDomain(faults, property("domain"), domain);
}

/** Adds a fault unless a name can be that of a stack. */
export function checkStackName(faults: Faults, property: string, name: string): void {
  faults.matches(
    property,
    name,
    /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
    "must be 2 to 32 lower-case letters, digits and '-'",
  );
}
