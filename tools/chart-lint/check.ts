/** What one check found of one chart. */
export interface Check {
  /** For example `helm template, ci/full-values.yaml`. */
  readonly name: string;
  /** Everything that is wrong; empty if nothing is. */
  readonly faults: readonly string[];
  /** Why the check was left out. */
  readonly leftOut?: string;
}

/** The lines of all checks of all charts, and the one that counts them. */
export function report(charts: ReadonlyMap<string, readonly Check[]>): {
  readonly lines: string[];
  readonly failed: number;
} {
  const all = [...charts].flatMap(([chart, checks]) => checks.map((check) => ({ chart, ...check })));
  const lines = all.flatMap(({ chart, name, faults, leftOut }) => {
    if (faults.length > 0) return [`failed    ${chart}: ${name}`, ...faults.map((fault) => `          ${fault}`)];
    return [leftOut === undefined ? `passed    ${chart}: ${name}` : `left out  ${chart}: ${name}: ${leftOut}`];
  });
  const failed = all.filter(({ faults }) => faults.length > 0).length;
  const leftOut = all.filter(({ faults, leftOut: reason }) => faults.length === 0 && reason !== undefined).length;
  const passed = all.length - failed - leftOut;
  lines.push(`${passed} passed, ${failed} failed${leftOut > 0 ? `, ${leftOut} left out` : ""}`);
  return { lines, failed };
}
