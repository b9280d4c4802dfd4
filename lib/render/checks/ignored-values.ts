import type { ChartValues, Values } from "../helm/chart-values";
import { compareValues, leavesBelow, meantKey, type ValuePath, without } from "./unknown-values";

/** A value that changes nothing. */
export interface IgnoredValue {
  /** For example `controller.replicas`. */
  readonly path: string;
  /** Whether the chart has such a value, or a template names it; it then has no effect with the others as they are. */
  readonly known: boolean;
  /** The chart's own key that was probably meant. */
  readonly meant?: string;
}

export interface IgnoredValuesOptions {
  readonly values: Values;
  readonly chart: ChartValues;
  /** Texts of the chart's templates. */
  readonly templates: readonly string[];
  /** What the chart renders with these values. */
  readonly render: (values: Values) => Promise<string>;
  /** Whether values that the chart does have are tried too. */
  readonly all: boolean;
}

/**
 * Finds values that a chart takes without a word and does nothing with. Each value that the chart does not have among its own is left out
 * once: if the chart renders the same without it, it is ignored.
 *
 * It cannot see
 * - what a chart writes out whole and never reads (istiod puts all its values into a ConfigMap): there every value has an effect;
 * - that a value is used after all, where only a cluster shows it: through `lookup`, in NOTES, or on upgrades;
 * - a wrong name that is a word in some template: it counts as known, since another value may switch it off;
 * - a name that templates put together from parts: it counts as unknown.
 */
export async function ignoredValues(options: IgnoredValuesOptions): Promise<IgnoredValue[]> {
  const { values, chart, templates, render, all } = options;
  const { unknown, changed } = compareValues(values, chart);
  const tried = all ? changed : [];
  if (unknown.length + tried.length === 0) return [];
  const [once, again] = await Promise.all([render(values), render(values)]);
  const isUnchanged = async (path: ValuePath): Promise<boolean> => {
    // A chart that does not render without a value needs it.
    const rendered = await render(without(values, path)).catch(() => undefined);
    return rendered !== undefined && isSame(rendered, once, again);
  };
  const ignored = async (path: ValuePath, known: boolean): Promise<IgnoredValue[]> => {
    if (await isUnchanged(path)) {
      const named = known || isNamed(path.at(-1) ?? "", templates);
      return [{ path: path.join("."), known: named, meant: named ? undefined : meantKey(path, chart) }];
    }
    const leaves = leavesBelow(values, path);
    if (leaves.length < 2) return [];
    return (await Promise.all(leaves.map((leaf) => ignored(leaf, known)))).flat();
  };
  const found = [...unknown.map((path) => ignored(path, false)), ...tried.map((path) => ignored(path, true))];
  return (await Promise.all(found)).flat();
}

/** Whether a key is a word in any of the templates. */
function isNamed(key: string, templates: readonly string[]): boolean {
  const word = new RegExp(`(?<!\\w)${key.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\w)`);
  return templates.some((template) => word.test(template));
}

/** Lines that are different each time, passwords and certificates, do not count. */
function isSame(rendered: string, once: string, again: string): boolean {
  if (rendered === once) return true;
  const [lines, lines1, lines2] = [rendered, once, again].map((text) => text.split("\n")) as [
    string[],
    string[],
    string[],
  ];
  if (lines.length !== lines1.length || lines1.length !== lines2.length) return false;
  return lines.every((line, index) => line === lines1[index] || lines1[index] !== lines2[index]);
}
