import { isDeepStrictEqual } from "node:util";

/** One line for each fact that differs, such as `network.cidrBlocks: recorded ["10.0.0.0/16"], now ["10.1.0.0/16"]`. */
export function factDifferences(recorded: unknown, now: unknown, path = ""): string[] {
  if (isFacts(recorded) && isFacts(now)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort();
    return names.flatMap((name) => factDifferences(recorded[name], now[name], path ? `${path}.${name}` : name));
  }
  return isDeepStrictEqual(recorded, now) ? [] : [`${path}: recorded ${shown(recorded)}, now ${shown(now)}`];
}

function isFacts(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
