import type { RenderedStack } from "./render";

/**
 * Makes sure that every release which was to be rendered is: of one that failed, objects are missing.
 *
 * @param otherwise What else can be done than to mend it. @default - nothing
 * @throws {Error} with the first release that failed
 */
export function refuseIncomplete({ stack, environment }: RenderedStack, otherwise?: string): void {
  if (environment.complete) return;
  const { source, message, fix } = environment.findings.find(({ severity }) => severity === "error") ?? {};
  const told = `${stack.name} cannot be rendered: ${source} ${message}${fix ? `; ${fix}` : ""}`;
  throw new Error(otherwise === undefined ? told : `${told}; ${otherwise}`);
}
