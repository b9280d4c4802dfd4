import { isIP } from "node:net";
import type { Faults } from "../core/faults";

const MAX_LENGTH = 253;

/** Whether a text is a DNS name in lower case, as an Ingress takes it. @see https://www.rfc-editor.org/rfc/rfc1123#section-2 */
export function isDnsName(text: string): boolean {
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
  return text.length <= MAX_LENGTH && isIP(text) === 0 && text.split(".").every(isLabel);
}

/** Whether a name is a domain or below it. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Adds what is wrong with the domain that hosts are in. */
export function checkDomain(faults: Faults, property: string, domain: string | undefined): void {
  faults.literal(property, domain);
  const holds = domain === undefined || isDnsName(domain);
  faults.check(holds, property, "must be a DNS name in lower case", domain, 'for example "staging.example.com"');
}
